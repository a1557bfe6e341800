import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { type Home, MAIN, newHome } from './support/home.ts'
import { openTerminal } from './support/terminal.ts'

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
    const home = withCommand(newHome())
    const complete = (line: string): string[] => {
      const script = `chaveiro completion fish | source; complete --do-complete '${line}'`
      const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { env: home.env, encoding: 'utf8' })
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

describeWith(['tmux', 'zsh'], 'in a zsh', () => {
  it('commands, providers and options are completed at Tab', async () => {
    const terminal = openTerminal(withCommand(newHome()))
    await terminal.until(/ready>/)
    // Without anybody's settings, and without asking who owns the folders of the system.
    terminal.enter(`PS1='zsh> ' zsh -f`)
    await terminal.until(/zsh> *$/m)
    terminal.enter('autoload -Uz compinit && compinit -u -D && source <(chaveiro completion zsh) && echo loa""ded')
    await terminal.until(/^loaded$/m)
    // What two candidates share is written; the next Tab shows them.
    terminal.type('chaveiro to')
    terminal.press('Tab')
    await terminal.until(/zsh> chaveiro token *$/m)
    terminal.press('Tab')
    expect(await terminal.until(/^tokens +-- Tokens that a provider lists/m)).toMatch(/^token +-- Print a valid token/m)
    terminal.press('C-u')
    terminal.type('chaveiro token b')
    terminal.press('Tab')
    await terminal.until(/zsh> chaveiro token bitize/)
    terminal.press('C-u')
    terminal.type('chaveiro login bitize --fr')
    terminal.press('Tab')
    await terminal.until(/zsh> chaveiro login bitize --from-file/)
  }, 60_000)
})

/** The same home, with the command on its PATH, as an installed one is. */
function withCommand(home: Home): Home {
  writeFileSync(join(home.path, 'chaveiro'), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`, { mode: 0o755 })
  return { ...home, env: { ...home.env, PATH: `${home.path}:${home.env['PATH']}` } }
}
