import { expect, it } from 'vitest'
import { signedIn } from './support/scene.ts'

const SLOW = 120_000

it.each([
  [[]],
  [['--version']],
  [['serve', '--help']],
  [['providers', '--json']],
  [['env', 'bitize']],
  [['keep-alive', '--json']],
  [['store']],
  [['tokens', 'list', 'bitize', '--json']],
  [['request', 'bitize', 'vendors']],
  [['logout', 'bitize', '--account', 'none']],
])(
  'chaveiro %j comes to the same in a test as in a process of its own',
  async (words) => {
    const scene = await signedIn()
    const options = { env: { COLUMNS: '70', LANG: 'pt_BR.UTF-8' } }
    const called = await scene.run(words, options)
    expect(called.stdout + called.stderr).not.toBe('')
    expect(await scene.runProcess(words, options)).toEqual(called)
  },
  SLOW,
)

it(
  'signs in and out as a process',
  async () => {
    const scene = await signedIn()
    const login = ['login', 'bitize', '--server', scene.url, '--account', 'shop']
    expect(await scene.runProcess(login, { env: scene.keys })).toMatchObject({ status: 0, stdout: '' })
    expect(await scene.runProcess(['logout', 'bitize', '--account', 'shop'])).toMatchObject({ status: 0 })
    const reports: object[] = JSON.parse((await scene.run(['status', '--json'])).stdout)
    expect(reports).toMatchObject([{ account: 'default' }])
  },
  SLOW,
)
