import { Console } from 'node:console'
import { once } from 'node:events'
import { PassThrough, Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { logTo } from '@chaveiro/core/log'
import { listen } from '@chaveiro/simulator/server'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { leakScan } from '../support/leak-scan.ts'
import { type Simulated, simulated } from '../support/simulated-bitize.ts'
import { unhandledRejections } from '../support/unhandled-rejections.ts'

const KEYS = { consumerKey: 'b171ce00-0000-4000-8000-00000000abcd', secretKey: 'canary-secret-key-4711' }

/** A simulated Bitize behind real HTTP. */
function overHttp(): Promise<Simulated> {
  return simulated({
    loopback: listen,
    simulator: { credentials: KEYS },
    manager: { retry: { baseMs: 0, throttleBaseMs: 0 } },
  })
}

/** A stream, and the text that was written to it so far. */
function memory(): { stream: Writable; text: () => string } {
  const chunks: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk))
      done()
    },
  })
  return { stream, text: () => chunks.join('') }
}

/** What on-call people meet: a token, a rejected one, an API that is down, a token endpoint that is down, a wrong key. */
async function trouble({ bitize, clock, source, manager }: Simulated): Promise<void> {
  await source.fetch('/vendors')
  bitize.revoke({ which: 'access' })
  await source.fetch('/vendors')
  bitize.faults.next({
    kind: 'status',
    status: 503,
    body: { title: KEYS.secretKey },
    operation: 'listVendors',
    times: 2,
  })
  await source.fetch('/vendors')
  bitize.faults.next({ kind: 'status', status: 503, operation: 'listVendors', times: 3 })
  await source.fetch('/vendors')
  await clock.advance(86_400_000)
  const secrets = bitize.revealSecrets().join(' ')
  bitize.faults.next({ kind: 'status', status: 400, body: { title: secrets, detail: secrets }, times: 2 })
  await source.getToken().catch(() => {})
  await source.end()
  await manager.account('seller-2').seed({ accessToken: 'canary-access', refreshToken: 'canary-refresh', expiresAt: 1 })
  await manager
    .account('seller-2')
    .getToken()
    .catch(() => {})
  await setImmediate()
}

const SECRETS = [KEYS.secretKey, 'canary-access', 'canary-refresh']

describe('an engine that talks HTTP', () => {
  it('shows no secret in any line of console, and none in what pino writes', async () => {
    const world = await overHttp()
    const [forConsole, forPino] = [memory(), memory()]
    world.manager.on(logTo(new Console(forConsole.stream, forConsole.stream)))
    world.manager.on(logTo(pino({ level: 'debug' }, forPino.stream)))
    await trouble(world)
    const heard = world.heard()
    expect(new Set(heard)).toEqual(
      new Set([
        'refresh.started',
        'refresh.done',
        'token.rejected',
        'request.replayed',
        'request.retried',
        'request.failed',
        'refresh.failed',
        'ended',
      ]),
    )
    for (const { text } of [forConsole, forPino]) {
      expect(text().trim().split('\n')).toHaveLength(heard.length)
      const scan = leakScan()
      scan.collect('log', text())
      expect(scan.leaks([...SECRETS, ...world.bitize.revealSecrets()])).toEqual([])
    }
    // The scan is awake.
    const awake = leakScan()
    awake.collect('log', `${forConsole.text()}${world.bitize.revealSecrets()[0]}`)
    expect(awake.leaks(world.bitize.revealSecrets())).not.toEqual([])
  })

  it('gives pino the event as a field, the line as its message, and its own level', async () => {
    const world = await overHttp()
    const { stream, text } = memory()
    world.manager.on(logTo(pino({ level: 'debug', base: null }, stream).child({ service: 'shop' })))
    await world.source.getToken()
    await setImmediate()
    const written: unknown[] = text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(written).toEqual([
      {
        level: 20,
        time: expect.any(Number),
        service: 'shop',
        chaveiro: {
          type: 'refresh.started',
          provider: 'bitize-by-hand',
          account: { tenant: 'seller-1' },
          attempts: 1,
          renewal: expect.any(Number),
        },
        msg: 'bitize-by-hand "seller-1": token call begins [refresh.started, call 1]',
      },
      {
        level: 30,
        time: expect.any(Number),
        service: 'shop',
        chaveiro: world.events[1],
        msg: expect.stringMatching(
          /^bitize-by-hand "seller-1": new token 1 after \d+ ms, valid until \S+Z \[refresh.done, calls 1]$/,
        ),
      },
    ])
  })

  it('is not disturbed by a logger that throws, rejects or writes to a stream that is gone', async () => {
    const unhandled = unhandledRejections()
    const world = await overHttp()
    let calls = 0
    const fails = (): never => {
      calls += 1
      throw new Error('the disk is full')
    }
    const rejects = async (): Promise<never> => fails()
    const gone = new PassThrough()
    gone.on('error', () => {})
    gone.destroy()
    await once(gone, 'close')
    world.manager.on(logTo({ debug: fails, info: fails, warn: fails, error: fails }))
    world.manager.on(logTo({ debug: rejects, info: rejects, warn: rejects, error: rejects }))
    world.manager.on(logTo(new Console(gone)))
    expect((await world.source.fetch('/vendors')).status).toBe(200)
    await setImmediate()
    expect(world.heard()).toEqual(['refresh.started', 'refresh.done'])
    expect(calls).toBe(4)
    expect(unhandled).toEqual([])
  })
})
