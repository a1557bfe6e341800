import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { MAIN, newHome } from './support/home.ts'

it.each(['bash', 'zsh', 'fish', 'powershell'])('prints a script for %s', async (shell) => {
  const { status, stdout } = await newHome().run(['completion', shell])
  expect(status).toBe(0)
  expect(stdout).toMatch(/chaveiro.*complete/s)
})

it.each([
  [['to'], ['token', 'tokens']],
  [['login', 'bitize', '--fr'], ['--from-file']],
  [
    ['tokens', ''],
    ['list', 'revoke', 'create'],
  ],
  [
    ['token', '--lang', ''],
    ['en', 'pt-BR', 'pt'],
  ],
])('completes %j, as the script asks for it', async (words, candidates) => {
  const { stdout } = await newHome().run(['complete', '--', ...words])
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]),
  ).toEqual([...candidates, ':4'])
})

it('refuses another shell', async () => {
  expect(await newHome().run(['completion', 'tcsh'])).toMatchObject({ status: 2, stdout: '' })
})

describeWith(['fish'], 'in a fish shell', () => {
  it('commands, providers and options are completed', () => {
    const home = newHome()
    writeFileSync(join(home.path, 'chaveiro'), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`, {
      mode: 0o755,
    })
    const complete = (line: string): string[] => {
      const script = `chaveiro completion fish | source; complete --do-complete '${line}'`
      const env = { ...home.env, PATH: `${home.path}:${home.env['PATH']}` }
      const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { env, encoding: 'utf8' })
      expect(stderr).toBe('')
      return stdout
        .trim()
        .split('\n')
        .map((candidate) => candidate.split(/\s/)[0] ?? '')
    }
    expect(complete('chaveiro to')).toEqual(['token', 'tokens'])
    expect(complete('chaveiro token b')).toEqual(['bitize'])
    expect(complete('chaveiro login bitize --fr')).toEqual(['--from-file'])
  })
})
