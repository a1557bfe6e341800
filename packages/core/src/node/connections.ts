import { Agent, type Dispatcher } from 'undici'
import { type Clock, systemClock } from '../clock.ts'
import { connector } from './connector.ts'
import type { LoadedCertificate } from './loaded-certificate.ts'
import { notSent } from './not-sent.ts'

/** How all connections are made, whatever certificate they present. */
export interface ConnectionOptions {
  readonly ca: string[] | undefined
  readonly connections: number | undefined
  readonly http2: boolean
  readonly proxyFor: (origin: URL) => URL | undefined
}

/** The connections that present one certificate, or none. */
interface Pool {
  reused: Agent
  fresh: Agent | undefined
  usedAt: number
}

// Longer than an idle connection is kept, so that two accounts with a certificate each don't close each other's.
const UNUSED_MS = 10_000
const NO_CERTIFICATE = ''

/** Keeps connections apart by the certificate that they present, and closes those of certificates that are gone. */
export class Connections {
  readonly #options: ConnectionOptions
  readonly #pools = new Map<string, Pool>()
  readonly #clock: Pick<Clock, 'monotonic'>
  #sweptAt: number
  #isClosed = false

  constructor(options: ConnectionOptions, clock: Pick<Clock, 'monotonic'> = systemClock) {
    this.#options = options
    this.#clock = clock
    this.#sweptAt = clock.monotonic()
  }

  /**
   * Where a request is sent. `isFresh`: over a connection that carried nothing before, and is not used again.
   * @throws {TypeError} after `close()`.
   */
  take(certificate: LoadedCertificate | undefined, isFresh: boolean): Dispatcher {
    if (this.#isClosed) throw new TypeError('fetch failed', { cause: notSent(new Error('This fetch was closed.')) })
    const now = this.#clock.monotonic()
    const key = certificate?.fingerprint ?? NO_CERTIFICATE
    let pool = this.#pools.get(key)
    if (pool === undefined) {
      pool = { reused: this.#open(certificate, 1), fresh: undefined, usedAt: now }
      this.#pools.set(key, pool)
    }
    pool.usedAt = now
    if (this.#pools.size > 1 && now - this.#sweptAt > UNUSED_MS / 2) this.#closeUnused(now)
    if (!isFresh) return pool.reused
    pool.fresh ??= this.#open(certificate, 0)
    return pool.fresh
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const pools = [...this.#pools.values()]
    this.#pools.clear()
    await Promise.all(pools.map(close))
  }

  #open(certificate: LoadedCertificate | undefined, pipelining: number): Agent {
    const { connections, ...options } = this.#options
    return new Agent({
      connect: connector({ ...options, certificate }),
      pipelining,
      ...(connections === undefined ? {} : { connections }),
    })
  }

  #closeUnused(now: number): void {
    this.#sweptAt = now
    for (const [key, pool] of this.#pools) {
      if (now - pool.usedAt <= UNUSED_MS) continue
      this.#pools.delete(key)
      // What is under way ends first.
      void close(pool)
    }
  }
}

async function close({ reused, fresh }: Pool): Promise<void> {
  await Promise.all([reused.close(), fresh?.close()])
}
