import { expect, it } from 'vitest'
import { assineOnlineContainer, genpagContainer, mountSecret } from './support/container.ts'

// Each command is a process, and CI runs others at the same time.
const MINUTES = 120_000

const SHELL = ['sh', '-c', 'env; sh -c "sh -c env"']

it(
  'keeps every variable that was read from the command, and from what the command starts',
  async () => {
    const { home, variables, server } = await genpagContainer()
    const { GENPAG_SELLER_ID = '', GENPAG_REFRESH_TOKEN = '' } = variables
    const env = {
      GENPAG_SELLER_ID,
      GENPAG_REFRESH_TOKEN_FILE: mountSecret(home, 'token', GENPAG_REFRESH_TOKEN),
      CHAVEIRO_SEALING_KEY: Buffer.alloc(32, 3).toString('base64'),
      CHAVEIRO_STORE_URL: 'redis://user:canary@127.0.0.1:1',
      // A proxy is used for https only; the variable is not a secret, and the command may need it.
      HTTPS_PROXY: 'http://127.0.0.1:9',
      KEPT: 'yes',
    }
    const words = ['exec', 'genpag', ...server, '--state', `${home.path}/state`, '--', ...SHELL]
    const { status, stdout, stderr } = await home.runProcess(words, { env })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const lines = stdout.split('\n')
    expect(lines.filter((line) => line.startsWith('GENPAG_TOKEN='))).toHaveLength(2)
    expect(lines.filter((line) => line === 'KEPT=yes')).toHaveLength(2)
    expect(lines.filter((line) => line === 'HTTPS_PROXY=http://127.0.0.1:9')).toHaveLength(2)
    const names = lines.map((line) => line.split('=')[0])
    expect(names.filter((name) => /^(?:GENPAG_|CHAVEIRO_)/.test(name ?? ''))).toEqual(['GENPAG_TOKEN', 'GENPAG_TOKEN'])
    for (const secret of [GENPAG_REFRESH_TOKEN, GENPAG_SELLER_ID, 'canary']) expect(stdout).not.toContain(secret)
  },
  MINUTES,
)

it(
  'keeps the variables of a way to sign in that was not chosen from the command too',
  async () => {
    const { home, simulator, variables, server } = await assineOnlineContainer()
    const { ASSINE_ONLINE_PASSWORD = '' } = variables
    const { accessToken: made } = simulator.createByPerson()
    const env = { ASSINE_ONLINE_PASSWORD, ASSINE_ONLINE_APPLICATION_TOKEN: made }
    const { status, stdout } = await home.runProcess(['exec', 'assine-online', ...server, '--', 'env'], { env })
    expect(status).toBe(0)
    expect(stdout.split('\n').filter((line) => line.startsWith('ASSINE'))).toEqual([`ASSINE_ONLINE_TOKEN=${made}`])
  },
  MINUTES,
)
