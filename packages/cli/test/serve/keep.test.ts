import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ChaveiroError } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import { simulateBitize } from '@chaveiro/simulator'
import { expect, it } from 'vitest'
import { PROVIDERS } from '../../src/providers/registry.ts'
import { keepFresh } from '../../src/serve/keep/keep-fresh.ts'
import { replaceFile } from '../../src/serve/keep/replace-file.ts'
import { newHome, type Running } from '../support/home.ts'
import { signedIn } from '../support/scene.ts'
import { newFolder } from './support/folder.ts'

const MINUTES = 60_000

/** Keeps a token of a simulated account at hand, on a clock of its own. */
async function keeping(lifetimeMs: number) {
  const clock = new FakeClock()
  const simulator = simulateBitize({ clock, accessTokenLifetimeMs: lifetimeMs })
  const { bitize: provider } = PROVIDERS
  if (provider === undefined) throw new TypeError('The registry has Bitize.')
  const options = { place: { server: simulator.url.href }, fetch: simulator.fetch, clock }
  const client = await provider.open({ ...simulator.credentials }, options)
  const stop = new AbortController()
  const taken: { at: number; left: number }[] = []
  const failures: number[] = []
  const { signal } = stop
  let endsAt = Number.POSITIVE_INFINITY
  let tell = (): void => {}
  const first = new Promise<void>((resolve) => {
    tell = resolve
  })
  const kept = keepFresh({
    clock,
    signal,
    getToken: () => client.getToken({ signal }),
    async take({ expiresAt = 0 }) {
      // How long the token before would still have lived.
      taken.push({ at: clock.now(), left: endsAt - clock.now() })
      endsAt = expiresAt
      tell()
    },
    failed: (_, pauseMs) => void failures.push(pauseMs),
  })
  let renewals = 0
  client.on(({ type }) => {
    if (type === 'refresh.started') renewals += 1
    if (type === 'refresh.done' || type === 'refresh.failed') renewals -= 1
  })
  /** Moves the clock, and gives a renewal that this has begun its time: it leaves the event loop for digests. */
  const pass = async (ms: number): Promise<void> => {
    await clock.advance(ms)
    for (let turn = 0; turn < 20 || (renewals > 0 && turn < 1_000); turn += 1)
      await new Promise((resolve) => setImmediate(resolve))
  }
  await first
  await clock.whenPending(1)
  return { simulator, taken, failures, stop, kept, client, pass }
}

it.each([60_000, 600_000, 86_400_000])(
  'of tokens that live %i ms, the next is there before the end',
  async (lifetimeMs) => {
    const { pass, taken, stop, kept, client } = await keeping(lifetimeMs)
    for (let step = 0; step < 400; step += 1) await pass(lifetimeMs / 100)
    expect(taken.length).toBeGreaterThanOrEqual(4)
    for (const { left } of taken) expect(left).toBeGreaterThan(0)
    stop.abort()
    await kept
    await client.close()
  },
)

it('inputs that are denied end it, because time changes nothing', async () => {
  const { pass, simulator, failures, kept, taken, client } = await keeping(60_000)
  expect(taken).toHaveLength(1)
  let isEnded = false
  const ended = kept
    .catch((error: unknown) => error)
    .finally(() => {
      isEnded = true
    })
  simulator.faults.next({ kind: 'status', status: 400, body: { error: 'no' }, times: Number.POSITIVE_INFINITY })
  while (!isEnded) {
    // A renewal that waits before it tries again goes on with the clock.
    await pass(1_000)
  }
  expect(await ended).toBeInstanceOf(ChaveiroError)
  expect(failures).toEqual([])
  await client.close()
})

it('a file is replaced as a whole, for this user alone, and nothing is left beside it', async () => {
  const folder = newFolder()
  const path = join(folder, 'token')
  writeFileSync(path, 'old', { mode: 0o666 })
  await replaceFile(path, 'new')
  expect(readFileSync(path, 'utf8')).toBe('new')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  await expect(replaceFile(folder, 'new')).rejects.toThrow('EISDIR')
  await expect(replaceFile(join(folder, 'none', 'token'), 'new')).rejects.toThrow('ENOENT')
  expect(readdirSync(folder)).toEqual(['token'])
})

it(
  'chaveiro keep writes a token, runs a command after it, and ends at a signal',
  async () => {
    const { home, simulator } = await signedIn()
    const file = join(home.path, 'token')
    const hook = `cp ${file} ${home.path}/seen; echo "environment: $(env | grep -c access-)" >&2`
    const running = home.start(['keep', 'bitize', '--file', file, '--on-change', hook])
    await heard(running, /environment: 0\n/)
    const token = readFileSync(file, 'utf8')
    expect(simulator.revealSecrets()).toContain(token.trimEnd())
    expect(readFileSync(join(home.path, 'seen'), 'utf8')).toBe(token)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    running.child.kill('SIGTERM')
    const { status, stdout, stderr } = await running.outcome
    expect({ status, stdout }).toEqual({ status: 143, stdout: '' })
    expect(stderr).toContain(`Wrote a token to ${file}, valid until `)
  },
  MINUTES,
)

it(
  'chaveiro keep --json writes what the token door answers',
  async () => {
    const { home, simulator } = await signedIn()
    const file = join(home.path, 'token.json')
    const running = home.start(['keep', 'bitize', '--file', file, '--json'])
    const [line] = await once(running.child.stdout ?? running.child, 'data')
    expect(JSON.parse(String(line))).toEqual({ file, expiresAt: expect.any(String) })
    const document = JSON.parse(readFileSync(file, 'utf8'))
    expect(document).toMatchObject({ token_type: 'Bearer', account: 'default' })
    expect(document.headers.authorization).toBe(`Bearer ${document.access_token}`)
    expect(simulator.revealSecrets()).toContain(document.access_token)
    running.child.kill('SIGINT')
    expect(await running.outcome).toMatchObject({ status: 130, stderr: '' })
  },
  MINUTES,
)

it.each([
  [['keep', 'bitize'], 2, 'Pass --file'],
  [['keep', 'bitize', '--file', '/nonexistent/token'], 7, "Can't write /nonexistent/token (ENOENT)."],
])(
  'chaveiro %j says what is wrong',
  async (words, status, sentence) => {
    const scene = await signedIn()
    const outcome = await scene.run(words)
    expect(outcome).toMatchObject({ status, stdout: '' })
    expect(outcome.stderr).toContain(sentence)
  },
  MINUTES,
)

it(
  'chaveiro env prints lines that a shell evaluates',
  async () => {
    const scene = await signedIn()
    const { home, simulator, url } = scene
    const { status, stdout, stderr } = await scene.run(['env', 'bitize'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const show = 'printf "%s\\n" "$BITIZE_TOKEN" "$BITIZE_BASE_URL" "$BITIZE_TOKEN_EXPIRES_AT"'
    const shell = spawnSync('sh', ['-c', `${stdout}${show}`], { encoding: 'utf8', env: { PATH: home.env['PATH'] } })
    const [token = '', base, expiresAt = ''] = shell.stdout.split('\n')
    expect(simulator.revealSecrets()).toContain(token)
    expect(base).toBe(url)
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now())
    const json = JSON.parse((await scene.run(['env', 'bitize', '--json'])).stdout)
    expect(json).toMatchObject({ BITIZE_TOKEN: token, BITIZE_BASE_URL: url })
    expect((await newHome().run(['env', 'bitize'])).status).toBe(3)
  },
  MINUTES,
)

async function heard({ child }: Running, pattern: RegExp): Promise<void> {
  let text = ''
  while (!pattern.test(text)) text += String((await once(child.stderr ?? child, 'data'))[0])
}

it('a token that can’t be had now is tried again after the pause that is asked for, within bounds', async () => {
  const clock = new FakeClock()
  const pauses: number[] = []
  const wishes = [undefined, 5_000, 10, 3_600_000]
  const stop = new AbortController()
  const kept = keepFresh({
    clock,
    signal: stop.signal,
    async getToken() {
      if (pauses.length === wishes.length) stop.abort()
      throw new ChaveiroError('unavailable', 'Down.', { retryAfterMs: wishes[pauses.length] })
    },
    take: async () => {},
    failed: (_, pauseMs) => void pauses.push(pauseMs),
  })
  await clock.run(kept)
  expect(pauses).toEqual([30_000, 5_000, 1_000, 30_000])
})
