import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { PROVIDERS } from '../src/providers/registry.ts'
import { MAIN, newHome } from './support/home.ts'
import { signedIn } from './support/scene.ts'

interface Help {
  readonly options: readonly { readonly flags: string }[]
  readonly commands: readonly { readonly name: string }[]
}

/** The program's own list, so that a command of tomorrow is looked at too. */
const commands = readHelp().commands.map(({ name }) => name)

it('the program names its commands', () => {
  expect(commands).toEqual(expect.arrayContaining(['token', 'demo', 'completion', 'help']))
})

it.each(commands)('chaveiro %s offers --json, and reports what is wrong with its words as JSON', async (name) => {
  expect(readHelp(name).options.map(({ flags }) => flags)).toContain('--json')
  const { status, stdout, stderr } = await newHome().run([name, '--nonsense', '--json'])
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(JSON.parse(stderr)).toEqual({
    error: { code: 'usage', message: 'Unknown option --nonsense.', exit: 2 },
  })
})

it.each([
  [[], 'Choose a command.'],
  [['nonsense'], 'Unknown command "nonsense"'],
  [['help', 'nonsense'], 'Unknown command "nonsense"'],
  [['tokn'], 'Did you mean token?'],
  [['request'], 'Missing argument <provider>.'],
  [['demo', 'nothing'], 'Unknown provider "nothing"'],
  [['demo', 'bitize', '--server', 'test'], 'BITIZE_SECRET_KEY'],
  [['completion', 'tcsh'], 'No completion script for "tcsh"'],
  [['logout'], 'Choose one of your accounts:\n  chaveiro logout --all'],
])(
  'chaveiro %j --json has the error on stderr and nothing on stdout, wherever --json stands',
  async (words, message) => {
    for (const line of [
      [...words, '--json'],
      ['--json', ...words],
    ]) {
      const { status, stdout, stderr } = await newHome().run(line)
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(JSON.parse(stderr)).toEqual({
        error: { code: 'usage', message: expect.stringContaining(message), exit: 2 },
      })
    }
  },
)

it('a --json of the command that exec runs is not ours', async () => {
  const { status, stderr } = await newHome().run(['exec', 'bitize', '--nonsense', '--', 'jq', '--json'])
  expect({ status, stderr }).toEqual({ status: 2, stderr: 'Unknown option --nonsense.\n' })
})

it('prints version, help and completion scripts as JSON', async () => {
  const home = newHome()
  expect(JSON.parse((await home.run(['--version', '--json'])).stdout)).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  })
  const help = JSON.parse((await home.run(['help', 'token', '--json'])).stdout)
  expect(help).toMatchObject({
    command: 'token',
    usage: 'chaveiro token [options] [provider]',
    arguments: [{ name: 'provider', required: false, choices: Object.keys(PROVIDERS) }],
  })
  expect(JSON.parse((await home.run(['token', '--help', '--json'])).stdout)).toEqual(help)
  const { stdout: script } = await home.run(['completion', 'zsh'])
  expect(JSON.parse((await home.run(['completion', 'zsh', '--json'])).stdout)).toEqual({ shell: 'zsh', script })
})

it('leaves messages out: stderr is empty if nothing is wrong', async () => {
  const scene = await signedIn()
  for (const words of [
    ['request', 'bitize', '/vendors'],
    ['store', 'file'],
    ['login', 'bitize', '--server', scene.url],
    ['doctor'],
    ['logout', 'bitize'],
    ['status'],
  ]) {
    const { stdout, stderr } = await scene.run([...words, '--json'], { env: scene.keys })
    expect({ words, stderr }).toEqual({ words, stderr: '' })
    expect(() => JSON.parse(stdout)).not.toThrow()
  }
})

function readHelp(...words: readonly string[]): Help {
  return JSON.parse(execFileSync(process.execPath, [MAIN, 'help', ...words, '--json'], { encoding: 'utf8' }))
}
