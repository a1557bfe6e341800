import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { cells } from '../../src/terminal/fit.ts'
import { heard, newHome } from '../support/home.ts'
import { signedIn } from '../support/scene.ts'

const MINUTE = 60_000
const DEMO = ['serve', '--demo', '--port', '0']

/** The commands of a page: each stands below a comment, and ends before an empty line. */
function commandsIn(page: string): readonly string[] {
  return page.split('\n\n').flatMap((part) => (part.startsWith('# ') ? [part] : []))
}

describeWith(['curl', 'python3'], 'chaveiro serve --demo', () => {
  it(
    'calls through each door, prints commands that repeat it, and ends in order without a trace',
    async () => {
      const home = newHome()
      const running = home.start(DEMO, { env: { COLUMNS: '80' }, keepStdin: true })
      const page = await heard(running, /Ctrl-C/)
      expect(page).toMatch(/✓ .*\n +GET \/v1\/proxy\/bitize\/default\/vendors +200 /)
      expect(page).toMatch(/✓ .*\n +GET \/v1\/tokens\/bitize\/default +200 /)
      const answers: unknown[] = []
      for (const command of commandsIn(page)) {
        const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' }
        const { stdout } = await promisify(execFile)('sh', ['-c', command.replace('curl ', 'curl -sS ')], { env })
        answers.push(JSON.parse(stdout))
      }
      const vendors = { data: [{ name: 'Papelaria Aurora' }] }
      expect(answers).toMatchObject([vendors, vendors, { access_token: expect.any(String), account: 'default' }])
      running.child.kill('SIGINT')
      const { status, stdout, stderr } = await running.outcome
      expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/^Stopping: /) })
      const log = stdout.split('\n').flatMap((line) => (line.startsWith('{"time"') ? [JSON.parse(line)] : []))
      expect(log.map(({ door, event, status: got }) => event ?? `${door} ${got}`)).toEqual([
        'proxy 200',
        'proxy 200',
        'token 200',
        'stopping',
        'stopped',
      ])
      expect(home.files()).toEqual([])
    },
    MINUTE,
  )
})

it.each([
  ['en', 80],
  ['en', 60],
  ['pt-BR', 80],
  ['pt-BR', 60],
])(
  'what it says in %s fits into %i columns, except for what is to be copied',
  async (language, width) => {
    const running = newHome().start([...DEMO, '--lang', language], { env: { COLUMNS: String(width) } })
    const page = await heard(running, /Ctrl-C/)
    const long = page.split('\n').filter((line) => cells(line) > width)
    // With a key a line to copy has 80 cells.
    const kept = long.filter((line) => width < 80 && /chv_|http:/.test(line))
    expect(long).toEqual(kept)
    running.child.kill('SIGINT')
    expect(await running.outcome).toMatchObject({ status: 0 })
  },
  MINUTE,
)

it(
  'with --json it prints a line with the calls, and how to repeat them',
  async () => {
    const running = newHome().start([...DEMO, '--json'])
    const page = await heard(running, /\n/)
    const report = JSON.parse(page.split('\n')[0] ?? '')
    expect(report).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      simulator: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      calls: [
        {
          door: 'proxy',
          method: 'GET',
          path: '/v1/proxy/bitize/default/vendors',
          key: expect.any(String),
          status: 200,
        },
        { door: 'token', method: 'GET', path: '/v1/tokens/bitize/default', key: expect.any(String), status: 200 },
      ],
    })
    const [proxy, token] = report.calls
    const statusOf = async (path: string, key: string): Promise<number> =>
      (await fetch(report.url + path, { headers: { authorization: `Bearer ${key}` } })).status
    expect(await statusOf(proxy.path, proxy.key)).toBe(200)
    expect(await statusOf('/v1/proxy/bitize/default/other', proxy.key)).toBe(403)
    expect(await statusOf(token.path, proxy.key)).toBe(403)
    running.child.kill('SIGTERM')
    expect(await running.outcome).toMatchObject({ status: 0, stderr: '' })
  },
  MINUTE,
)

it.each([
  [['bitize'], 'Leave out bitize.'],
  [['--from-env'], 'Leave out --from-env.'],
  [['--keys-file', 'keys.json'], 'Leave out --keys-file.'],
  [['--address', '::1'], 'Leave out --address.'],
  [['--tls-cert', 'a', '--tls-key', 'b'], 'Leave out --tls-cert.'],
])(
  '%j has no place in the demo',
  async (words, sentence) => {
    const scene = await signedIn()
    const outcome = await scene.run([...DEMO, ...words])
    expect(outcome).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(sentence) })
  },
  MINUTE,
)
