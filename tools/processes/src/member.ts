/*
One process of a fleet: a manager with one account, as an application has it, that does what its parent tells it. The
engine, the store, its driver and the HTTP are the real ones; what is its own is the clock, and places to be held at.
*/
import { bitizeProvider } from '@chaveiro/bitize'
import { createTokenManager, isChaveiroError, type TokenSource } from '@chaveiro/core'
import type { TokenStore } from '@chaveiro/core/shared'
import type { Answer, MemberSettings, Order, Point, Quiet, Report } from './messages.ts'
import { observedFetch, observedProvider, observedStore } from './observed.ts'
import { openStore } from './open-store.ts'
import { type SharedClock, sharedClock } from './shared-clock.ts'
import { type SlowDisk, slowDisk } from './slow-disk.ts'
import { traffic } from './traffic.ts'

interface Account {
  readonly source: TokenSource
  readonly store: TokenStore
  readonly clock: SharedClock
  readonly disk: SlowDisk
}

const onItsWay = traffic()
const background = new Set<Promise<unknown>>()
let account: Account | undefined
let holdAt: Point | undefined
let release: () => void = () => {}

process.on('message', (message: Order & { id: number }) => void obey(message))
// No member outlives its parent.
process.once('disconnect', () => process.exit())

async function obey(message: Order & { id: number }): Promise<void> {
  const { id } = message
  try {
    tell({ report: 'done', id, result: await carryOut(message) })
  } catch (error) {
    tell({ report: 'failed', id, why: String(error) })
  }
}

async function carryOut(message: Order): Promise<Answer | Quiet | undefined> {
  switch (message.order) {
    case 'begin':
      account = await begin(message.settings)
      return undefined
    case 'ask':
      return ask(begun(), message)
    case 'tick':
      return tick(begun())
    case 'hold-at':
      holdAt = message.point
      return undefined
    case 'go':
      release()
      return undefined
    case 'reach-store':
      return reachStore(begun())
    case 'slow-disk':
      begun().disk.stepMs = message.stepMs
      return undefined
    case 'seed':
      await begun().source.seed(message.grant)
      return undefined
  }
}

async function begin(settings: MemberSettings): Promise<Account> {
  const { server, consumerKey, secretKey, canAcquire } = settings
  const clock = sharedClock(settings.clockPath)
  const disk = slowDisk(clock, onItsWay)
  const store = await openStore(settings.store, settings.sealingKey)
  const manager = createTokenManager({
    provider: observedProvider(bitizeProvider({ server: new URL(server) }), canAcquire, onItsWay, pass),
    credentials: () => ({ consumerKey, secretKey }),
    store: observedStore(store, onItsWay, pass),
    fetch: observedFetch('/auth', onItsWay, pass),
    clock,
    waitUntil: (refresh) => {
      background.add(refresh)
      void refresh.finally(() => background.delete(refresh))
    },
  })
  manager.on(({ type }) => tell({ report: 'event', type }))
  return { source: manager.account('the-account'), store, clock, disk }
}

/** What the callers get; then whatever goes on behind their backs has to end. */
async function ask({ source }: Account, { callers, usesApi }: Extract<Order, { order: 'ask' }>): Promise<Answer> {
  const useApi = async (): Promise<void> => {
    const response = await source.fetch('/vendors')
    await response.arrayBuffer()
    if (response.status !== 200) throw new Error(`status ${response.status}`)
  }
  const waiting = Array.from({ length: callers }, (_, index) => (usesApi && index === 0 ? useApi() : source.getToken()))
  const ends = await Promise.allSettled(waiting)
  await Promise.all(background)
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [reasonOf(end.reason)] : []))
  return { failures, generation: (await source.status().catch(() => undefined))?.generation }
}

function reasonOf(error: unknown): string {
  if (isChaveiroError(error)) return error.code
  return error instanceof Error ? error.message : 'unknown'
}

async function tick({ clock }: Account): Promise<Quiet> {
  clock.tick()
  await onItsWay.quiet()
  return { nextTimerMs: clock.nextTimerMs() }
}

/** Until a server that was away answers this member's client again. The test's own time-out bounds it. */
async function reachStore({ store }: Account): Promise<undefined> {
  for (;;) {
    try {
      await store.read('nobody')
      return undefined
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}

async function pass(point: Point): Promise<void> {
  if (holdAt !== point) return
  holdAt = undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  tell({ report: 'reached', point })
  await released
}

function begun(): Account {
  if (account === undefined) throw new Error('The member was not begun.')
  return account
}

function tell(report: Report): void {
  process.send?.(report)
}
