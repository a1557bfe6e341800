import { inspect } from 'node:util'
import { type Bitize, isChaveiroError } from '@chaveiro/bitize'
import { describe, expect, it } from 'vitest'
import { bitizeOverHttp, type World } from './bitize-over-http.ts'

/** An answer as a client's users get it, successes and HTTP errors alike. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  /** What the client threw for it, if it throws for a status. */
  readonly error?: unknown
}

/** A client, made for an account as its example shows. */
interface VendorsClient {
  /** `GET /vendors`. An error that is the client's own way to tell of a status becomes an answer, any other passes. */
  list(signal?: AbortSignal): Promise<Answer>
  /** `POST /vendors` with a JSON body; otherwise like `list`. */
  create(vendor: { name: string }): Promise<Answer>
}

interface ClientUnderTest {
  readonly connect: (bitize: Bitize) => VendorsClient
  /** What the client throws when its caller aborts with this reason. */
  readonly isAbort: (error: unknown, reason: unknown) => boolean
  /** What the client makes of an error that the fetch threw. @default itself */
  readonly unwrap?: (error: unknown) => unknown
}

const VENDOR = { name: 'Padaria São João\n"Café" 😀' }
const OVERLOADED = { kind: 'status', status: 503, body: { detail: 'Overloaded' } } as const
const SENT = { method: 'POST', contentType: 'application/json', body: JSON.stringify(VENDOR) }

/** What every client can rely on when the account's fetch is below it. */
export function clientContract(name: string, { connect, isAbort, unwrap = (error) => error }: ClientUnderTest): void {
  describe(`${name} over the account’s fetch`, () => {
    it('sends the token, obtained once for all calls', async () => {
      await using world = await bitizeOverHttp()
      const client = connect(world.bitize)
      const answers = await Promise.all(Array.from({ length: 20 }, () => client.list()))
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
      expect(world.simulator.requests.map(({ status }) => status)).not.toContain(401)
      expect(world.simulator.count('authenticate')).toBe(1)
    })

    it('has a refused token replaced once, and each call replayed once', async () => {
      await using world = await bitizeOverHttp()
      const client = connect(world.bitize)
      await client.list()
      world.simulator.revoke()
      const answers = await Promise.all(Array.from({ length: 20 }, () => client.list()))
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
      expect(world.simulator.count('refreshAccessToken')).toBe(1)
      expect(world.simulator.count('authenticate')).toBe(1)
      expect(world.simulator.requests.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(20)
    })

    it('has a POST replayed byte for byte, and it is applied once', async () => {
      await using world = await bitizeOverHttp()
      const client = connect(world.bitize)
      await world.bitize.getToken()
      world.simulator.revoke()
      expect(await client.create(VENDOR)).toMatchObject({ status: 200, body: VENDOR })
      expect(world.received).toEqual([SENT, SENT])
      expect(world.simulator.vendors).toHaveLength(1)
      expect(world.simulator.count('refreshAccessToken')).toBe(1)
    })

    it('has a failed GET tried again', async () => {
      await using world = await bitizeOverHttp()
      world.simulator.faults.next({ ...OVERLOADED, operation: 'listVendors' })
      expect((await connect(world.bitize).list()).status).toBe(200)
      expect(world.received).toHaveLength(2)
    })

    it('tries three times in all, not three times three, and then says so in its own way', async () => {
      await using world = await bitizeOverHttp()
      world.simulator.faults.next({ ...OVERLOADED, operation: 'listVendors', times: Infinity })
      const answer = await connect(world.bitize).list()
      expect(answer).toMatchObject({ status: 503, body: OVERLOADED.body })
      expect(world.received).toHaveLength(3)
      expectNoSecrets(answer, world)
    })

    it('sends a POST once that may have been applied', async () => {
      await using world = await bitizeOverHttp()
      world.simulator.faults.next({ ...OVERLOADED, operation: 'createVendor', processed: true })
      expect(await connect(world.bitize).create(VENDOR)).toMatchObject({ status: 503, body: OVERLOADED.body })
      expect(world.received).toEqual([SENT])
    })

    it('can be aborted, which ends the request and sends no other', async () => {
      await using world = await bitizeOverHttp()
      const hang = world.simulator.faults.next({ kind: 'hang', operation: 'listVendors' })
      const controller = new AbortController()
      const reason = new Error('The user went away')
      const call = connect(world.bitize)
        .list(controller.signal)
        .catch((error: unknown) => error)
      await hang.met
      controller.abort(reason)
      const error = await call
      expect(isAbort(error, reason)).toBe(true)
      expect(world.received).toHaveLength(1)
      expectNoSecrets(error, world)
      hang.release()
    })

    it('hands on why there is no token, and sends nothing', async () => {
      await using world = await bitizeOverHttp({ secretKey: 'outdated-secret-key' })
      const failed: unknown = await connect(world.bitize)
        .create(VENDOR)
        .catch((error: unknown) => error)
      const error = unwrap(failed)
      expect(isChaveiroError(error) && error.code).toBe('credentials-rejected')
      expect(world.received).toEqual([])
      expect(inspect(failed, { depth: null, showHidden: true })).not.toContain('outdated-secret-key')
    })
  })
}

/** The token is put on below the client, so that whatever the client keeps can be printed. */
function expectNoSecrets(value: unknown, { simulator }: World): void {
  const printed = inspect(value, { depth: null, showHidden: true })
  for (const secret of simulator.revealSecrets()) expect(printed).not.toContain(secret)
}
