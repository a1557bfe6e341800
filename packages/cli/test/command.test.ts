import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

// The built command, as a person runs it: the README's test command builds before it tests.
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))

function chaveiro(...words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' }
  return spawnSync(process.execPath, [MAIN, ...words], { encoding: 'utf8', env })
}

it.each([
  [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
  [['--help'], 0, /Commands:\n\s+demo /],
  [['demo', '--help'], 0, /BITIZE_CONSUMER_KEY and BITIZE_SECRET_KEY in the environment/],
])('chaveiro %j prints what was asked for on stdout', (words, status, text) => {
  const result = chaveiro(...words)
  expect(result).toMatchObject({ status, stderr: '' })
  expect(result.stdout).toMatch(text)
})

it.each([
  [['demo', 'nothing'], /There is no provider «nothing»/],
  [['demo', 'bitize'], /--server production/],
  [['demo', 'bitize', '--server', 'test'], /BITIZE_SECRET_KEY/],
  [['demo', '--nonsense'], /unknown option '--nonsense'/],
  [['nonsense'], /unknown command 'nonsense'/],
])('chaveiro %j says on stderr what is wrong, and exits with 2', (words, text) => {
  const result = chaveiro(...words)
  expect(result).toMatchObject({ status: 2, stdout: '' })
  expect(result.stderr).toMatch(text)
  expect(result.stderr).not.toMatch(/\n\s+at /)
})
