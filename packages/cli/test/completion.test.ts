import { spawnSync } from 'node:child_process'
import { describeWith } from '@chaveiro/test-servers'
import { describe, expect, it } from 'vitest'
import { withCommand } from './support/command-on-path.ts'
import { newHome } from './support/home.ts'
import { newScene } from './support/scene.ts'
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
  const { stdout } = await newHome().runProcess(['complete', '--', ...words])
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

describe('in a bash', () => {
  it('commands, providers, options, accounts and servers are completed, also after a second sourcing', async () => {
    const scene = await newScene()
    await scene.login(['--account', 'shop'])
    const home = withCommand(scene.home)
    const { stdout: script } = await home.run(['completion', 'bash'])
    const asked = [
      'chaveiro token bi',
      'chaveiro token bitize --account s',
      'chaveiro login bitize --server pro',
      'chaveiro login bitize --server=pro',
      'chaveiro token "a b" $(touch evaluated) --account=s',
    ]
    // What bash does at Tab: it splits the line at its word breaks, and calls the function.
    const bash = `${script}\n${script}\nIFS=$'\\n'\n${asked.map(atTab).join('\n')}`
    const { stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-c', bash], {
      env: home.env,
      cwd: home.path,
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(stdout.split('\n')).toEqual(['bitize', 'shop', 'production', 'production', 'shop', ''])
    // Nothing that was typed is run.
    expect(home.files().filter((file) => file.endsWith('evaluated'))).toEqual([])
  }, 180_000)
})

/** The line as bash gives it to a completion function, and what the function replies. */
function atTab(line: string): string {
  const words = line.match(/[=:]|[^\s=:]+/g) ?? []
  const split = words.map((word) => `'${word}'`).join(' ')
  return `COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(${split}) COMP_CWORD=${words.length - 1}; _chaveiro; echo "\${COMPREPLY[@]}"`
}

describeWith(['fish'], 'in a fish shell', () => {
  it('commands, providers, options, accounts and servers are completed', async () => {
    const scene = await newScene()
    await scene.login(['--account', 'shop'])
    const home = withCommand(scene.home)
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
    expect(complete('chaveiro token bi')).toEqual(['bitize'])
    expect(complete('chaveiro login bitize --fr')).toEqual(['--from-file'])
    expect(complete('chaveiro token bitize --account s')).toEqual(['shop'])
    expect(complete('chaveiro login bitize --server pro')).toEqual(['production'])
  }, 180_000)
})

describeWith(['tmux', 'zsh'], 'in a zsh', () => {
  it('commands, providers and options are completed at Tab', async () => {
    const scene = await newScene()
    await scene.login(['--account', 'shop'])
    const terminal = openTerminal(withCommand(scene.home))
    await terminal.until(/ready>/)
    // Without a user's settings, and without the check of who owns the system folders.
    terminal.enter(`PS1='zsh> ' zsh -f`)
    await terminal.until(/zsh> *$/m)
    terminal.enter('autoload -Uz compinit && compinit -u -D && source <(chaveiro completion zsh) && echo loa""ded')
    await terminal.until(/^loaded$/m)
    // What two candidates share is written; the next Tab shows them.
    terminal.type('chaveiro to')
    terminal.press('Tab')
    await terminal.until(/zsh> chaveiro token *$/m)
    terminal.press('Tab')
    expect(await terminal.until(/^tokens +-- List, revoke or create tokens/m)).toMatch(
      /^token +-- Print a valid token/m,
    )
    terminal.press('C-u')
    terminal.type('chaveiro token bi')
    terminal.press('Tab')
    await terminal.until(/zsh> chaveiro token bitize/)
    terminal.press('C-u')
    terminal.type('chaveiro login bitize --fr')
    terminal.press('Tab')
    await terminal.until(/zsh> chaveiro login bitize --from-file/)
    terminal.press('C-u')
    terminal.type('chaveiro token bitize --account s')
    terminal.press('Tab')
    await terminal.until(/zsh> chaveiro token bitize --account shop/)
    terminal.press('C-u')
    terminal.type('chaveiro login bitize --server pro')
    terminal.press('Tab')
    await terminal.until(/zsh> chaveiro login bitize --server production/)
  }, 180_000)
})
