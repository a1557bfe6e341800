import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandFor, quoted } from '../src/accounts/shell-words.ts'
import { withCommand } from './support/command-on-path.ts'
import { newHome } from './support/home.ts'
import { newScene, type Scene } from './support/scene.ts'

const SLOW = 180_000

it(
  'a sign-in that was denied advises a command that works as printed, once the inputs are right',
  async () => {
    const scene = await newScene()
    const file = join(scene.home.path, "in'puts .env")
    writeFileSync(file, 'consumerKey=wrong\nsecretKey=wrong\n')
    const words = ['--account', 'shop', '--profile', 'work', '--from-file', file]
    const denied = await scene.login(words, { env: { BITIZE_CONSUMER_KEY: '', BITIZE_SECRET_KEY: '' } })
    expect(denied).toMatchObject({ status: 3, stdout: '' })
    const [command = ''] = commandsIn(denied.stderr)
    expect(command).toMatch(/^chaveiro login bitize --server http\S+ --account shop --from-file .* --profile work$/)
    writeFileSync(
      file,
      Object.entries(scene.keys)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    )
    await runAll(scene, [command])
    expect(await scene.run(['token', 'bitize', '--profile', 'work'])).toMatchObject({ status: 0 })
  },
  SLOW,
)

it(
  'an account that is signed out of is named in a command that works as printed',
  async () => {
    const scene = await newScene()
    for (const name of ['default', 'shop']) await scene.login(['--account', name, '--profile', 'work'])
    const which = await scene.run(['logout', '--profile', 'work'])
    expect(which).toMatchObject({ status: 2, stdout: '' })
    const commands = commandsIn(which.stderr)
    expect(commands).toEqual([
      'chaveiro logout bitize --profile work',
      'chaveiro logout bitize --account shop --profile work',
      'chaveiro logout --all --profile work',
    ])
    await runAll(scene, commands)
    expect((await scene.run(['status', '--json', '--profile', 'work'])).stdout).toBe('[]\n')
  },
  SLOW,
)

it(
  'an account whose key is lost can be removed by the command that is printed, and signed in again',
  async () => {
    const scene = await newScene()
    await scene.login(['--account', 'shop'])
    for (const file of scene.home.files())
      if (file.includes('sealing-key-')) writeFileSync(file, `${'A'.repeat(43)}=\n`)
    const outcome = await scene.run(['token', 'bitize', '--account', 'shop'])
    expect(outcome).toMatchObject({ status: 7, stdout: '' })
    const [command = ''] = commandsIn(outcome.stderr)
    expect(command).toBe('chaveiro logout bitize --account shop')
    await runAll(scene, [command])
    rmSync(join(scene.home.path, '.config'), { recursive: true })
    expect(await scene.login(['--account', 'shop'])).toMatchObject({ status: 0 })
  },
  SLOW,
)

it(
  'token without a provider takes the only account, and otherwise lists commands that work as printed',
  async () => {
    const scene = await newScene()
    expect(await scene.run(['token'])).toMatchObject({ status: 3, stdout: '' })
    await scene.login(['--account', 'one'])
    const only = await scene.run(['token', '--json'])
    expect(JSON.parse(only.stdout)).toMatchObject({ provider: 'bitize', account: 'one' })
    await scene.login(['--account', 'two'])
    expect((await scene.run(['token', '--account', 'two'])).stdout).toMatch(/^access-/)
    const several = await scene.run(['token'])
    expect(several).toMatchObject({ status: 2, stdout: '' })
    const commands = commandsIn(several.stderr)
    expect(commands).toEqual(['chaveiro token bitize --account one', 'chaveiro token bitize --account two'])
    await runAll(scene, commands)
    const typo = await scene.run(['token', 'bitize', '--account', 'tow'])
    expect(typo.stderr).toBe(
      'There is no bitize account "tow". Did you mean two? Pass --account with one of: one, two.\n',
    )
  },
  SLOW,
)

it(
  'signing out of what was never signed in says so, and logout --all is done',
  async () => {
    const home = newHome()
    const outcome = await home.run(['logout', 'bitize', '--account', 'shop'])
    expect(outcome).toMatchObject({ status: 3, stdout: '' })
    expect(outcome.stderr).toBe('Not signed in to bitize as "shop", so there is nothing to sign out of.\n')
    expect(await home.run(['logout', '--all', '--json'])).toMatchObject({ status: 0, stdout: '[]\n', stderr: '' })
    expect((await home.run(['logout', 'bitze'])).stderr).toContain('Did you mean bitize?')
  },
  SLOW,
)

it.each(['plain', 'a b', "it's", '$HOME', 'a;b', '', '*', '~'])(
  '%j is quoted so that a shell reads it back',
  (word) => {
    const { stdout } = spawnSync('sh', ['-c', `printf %s ${quoted(word)}`], { encoding: 'utf8', env: { HOME: '/h' } })
    expect(stdout).toBe(word)
  },
)

it('a profile is named where a command without it means another', () => {
  const [provider, subject] = ['bitize', { provider: 'bitize' }]
  const command = (profile: string, variable?: string): string =>
    commandFor({ profile, env: { CHAVEIRO_PROFILE: variable } }, 'token', subject)
  expect(command('default')).toBe(`chaveiro token ${provider}`)
  expect(command('work')).toBe('chaveiro token bitize --profile work')
  expect(command('work', 'work')).toBe('chaveiro token bitize --profile work')
  expect(command('default', 'work')).toBe('chaveiro token bitize --profile default')
})

function commandsIn(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /chaveiro \w+ .*$/.exec(line)?.[0] ?? [])
}

async function runAll({ home, keys }: Scene, commands: readonly string[]): Promise<void> {
  const { PATH = '' } = withCommand(home).env
  for (const command of commands) {
    const { status, stderr } = await home.runProcess([], { prefix: ['sh', '-c', command], env: { ...keys, PATH } })
    expect({ command, status, stderr }).toMatchObject({ command, status: 0 })
  }
}
