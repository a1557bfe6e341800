import { once } from 'node:events'
import type { Clock } from '@chaveiro/core'
import type { ServeTexts } from '../messages/serve.en.ts'
import { followAccounts } from './accounts/follow-accounts.ts'
import type { ServedAccounts } from './accounts/served-accounts.ts'
import type { OwnHosts } from './door/admit.ts'
import { answer, type DoorServices } from './door/answer.ts'
import { Calls } from './door/calls.ts'
import { type Answer, type ConnectionLimits, httpServer } from './door/http-server.ts'
import { type Listening, listenAt } from './door/listen.ts'
import type { ListenPlace } from './door/listen-options.ts'
import { type DecisionLog, decisionLog } from './door/log.ts'
import { readiness } from './door/readiness.ts'
import { readTls, reloadTls, type TlsFiles } from './door/tls.ts'
import type { KeyPlace } from './keys/key-place.ts'
import { type LiveKeys, liveKeys } from './keys/live-keys.ts'
import { RateLimits } from './keys/rate.ts'
import { createMetrics } from './metrics/metrics.ts'

/** What a server is made of. */
export interface ServerParts {
  readonly accounts: ServedAccounts
  readonly keyPlace: KeyPlace
  readonly place: ListenPlace
  readonly texts: ServeTexts
  readonly clock: Clock
  /** Gets whole lines of JSON. */
  readonly write: (lines: string) => void
  readonly logPaths: boolean
  readonly metricsAccounts: boolean
  readonly limits?: Omit<ConnectionLimits, 'maxConnections'>
}

/** A server that runs. */
export interface RunningServer extends Listening {
  /** Are there any keys? Without one, no call is answered. */
  readonly hasKeys: boolean
  /** Writes the lines that wait, for a process that ends where it is. */
  flushLog(): void
  /** Stops listening, and waits for calls and pending tokens, 10 s at most. `false`: some tokens may not be saved. */
  stop(): Promise<boolean>
}

// Of the 10 s that a server takes to stop: what is left belongs to the tokens.
const CALLS_MS = 7_000
const TOKENS_MS = 3_000

/** Starts a server. What can't be read or listened on is an error now; later it is a line of the log. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { keyPlace, place, texts, clock, write } = parts
  const tls = place.tls && (await readTls(place.tls, texts))
  const log = decisionLog(clock, write, { paths: parts.logPaths })
  const rates = new RateLimits(clock)
  let keyCount = 0
  let cutCalls = (_key: string): void => {}
  const keys = await liveKeys(keyPlace, clock, {
    read(current) {
      keyCount = current.size
      rates.keepOnly(current)
    },
    cut: (id) => cutCalls(id),
    failed: (message) => log.event('keys-unreadable', { message }),
  })
  const calls = new Calls(clock)
  cutCalls = (id) => calls.cut(id)
  try {
    const running = await listening(parts, { log, rates, keys, calls, tls })
    return { ...running, hasKeys: keyCount > 0, flushLog: () => log.flush() }
  } catch (error) {
    calls.close()
    await keys.close()
    throw error
  }
}

interface Opened {
  readonly log: DecisionLog
  readonly rates: RateLimits
  readonly keys: LiveKeys
  readonly calls: Calls
  readonly tls: TlsFiles | undefined
}

async function listening(
  parts: ServerParts,
  { log, rates, keys, calls, tls }: Opened,
): Promise<Omit<RunningServer, 'hasKeys' | 'flushLog'>> {
  const { accounts, place, texts, clock } = parts
  const metrics = createMetrics({ accounts: parts.metricsAccounts })
  let isStopping = false
  let hosts: OwnHosts = { names: [], port: undefined }
  let connections = 0
  const services: DoorServices = {
    clock,
    accounts,
    keys,
    rates,
    log,
    metrics,
    calls,
    readiness: readiness(accounts.tokens.store, clock),
    hosts: () => hosts,
    openConnections: () => connections,
    isStopping: () => isStopping,
  }
  const handle: Answer = (request, response, expects) => answer(services, request, response, expects)
  const server = httpServer({ ...parts.limits, maxConnections: place.maxConnections }, tls, handle)
  server.on('connection', (socket) => {
    connections += 1
    socket.once('close', () => {
      connections -= 1
    })
  })
  const reachable = await listenAt(server, place, texts)
  hosts = reachable.hosts
  // Such as too many open files: the connections that there are go on.
  server.on('error', ({ name }) => log.event('server-error', { name }))
  const ends = [
    accounts.onEvent((provider, event) => metrics.heard(provider, event)),
    followAccounts(accounts, clock, log),
  ]
  if (place.tls && tls) ends.push(reloadTls(server, place.tls, tls, texts, clock, (event) => log.event(event)))
  log.event('listening', { url: reachable.url })
  let stopped: Promise<boolean> | undefined
  return {
    ...reachable,
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }

  async function stop(): Promise<boolean> {
    isStopping = true
    const closed = once(server, 'close')
    server.close()
    server.closeIdleConnections()
    log.event('stopping', { running: calls.size })
    if (!(await calls.drained(CALLS_MS))) {
      log.event('cut', { running: calls.size })
      calls.cutAll()
    }
    server.closeAllConnections()
    await closed
    for (const end of ends) end()
    calls.close()
    const isSaved = await within(clock, TOKENS_MS, Promise.all([accounts.close(), keys.close()]))
    log.event(isSaved ? 'stopped' : 'stopped-early')
    log.flush()
    return isSaved
  }
}

/** Did it succeed in that time? */
async function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<boolean> {
  let cancel = (): void => {}
  const tooLate = new Promise<boolean>((resolve) => {
    cancel = clock.timer(() => resolve(false), ms)
  })
  const done = work.then(
    () => true,
    () => false,
  )
  return Promise.race([done, tooLate]).finally(cancel)
}
