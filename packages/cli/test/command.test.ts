import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'

it.each([
  [['--version'], /^\d+\.\d+\.\d+\n$/],
  [['--help'], /Commands:\n\s+providers /],
  [['demo', '--help'], /BITIZE_CONSUMER_KEY and BITIZE_SECRET_KEY in the environment/],
  [['help', 'token'], /--min-validity/],
])('chaveiro %j prints what was asked for on stdout', async (words, text) => {
  const result = await newHome().run(words)
  expect(result).toMatchObject({ status: 0, stderr: '' })
  expect(result.stdout).toMatch(text)
})

it.each([
  [[], /Usage: chaveiro/],
  [['demo', 'nothing'], /Unknown provider "nothing"/],
  [['demo', 'bitize'], /--server production/],
  [['demo', 'bitize', '--server', 'test'], /BITIZE_SECRET_KEY/],
  [['demo', '--nonsense'], /Unknown option --nonsense/],
  [['nonsense'], /Unknown command "nonsense"/],
])('chaveiro %j says on stderr what is wrong, and exits with 2', async (words, text) => {
  const result = await newHome().run(words)
  expect(result).toMatchObject({ status: 2, stdout: '' })
  expect(result.stderr).toMatch(text)
  expect(result.stderr).not.toMatch(/\n\s+at /)
})

it('prints no colours into a pipe', async () => {
  const { stdout } = await newHome().run(['providers'], { env: { CI: 'true' } })
  expect(stdout).not.toContain('\u001b')
})
