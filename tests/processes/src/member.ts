/*
One process of a fleet: a manager of accounts, as an application has it, that does what its parent tells it. The
engine, the store, its driver and the HTTP are the real ones; what is its own is the clock, and places to be held at.
*/
import { type AccessToken, isChaveiroError, type Secret, type TokenManager, type TokenSource } from '@chaveiro/core'
import type { TokenStore } from '@chaveiro/core/shared'
import {
  type Answer,
  type MemberSettings,
  type Order,
  type Page,
  type Point,
  type Quiet,
  type Report,
  type Result,
  THE_ACCOUNT,
} from './messages.ts'
import { observedFetch, observedProvider, observedStore } from './observed.ts'
import { networkOf, openManager } from './open-manager.ts'
import { openStore } from './open-store.ts'
import { type SharedClock, sharedClock } from './shared-clock.ts'
import { type SlowDisk, slowDisk } from './slow-disk.ts'
import { traffic } from './traffic.ts'

interface Member {
  readonly manager: TokenManager
  /** A request of the API that changes nothing. */
  readonly apiPath: string
  /** Takes a token to the API, where that is to be done. */
  readonly present: (token: AccessToken) => Promise<void>
  readonly store: TokenStore
  readonly clock: SharedClock
  readonly disk: SlowDisk
}

const onItsWay = traffic()
const background = new Set<Promise<unknown>>()
let member: Member | undefined
let pending: Secret | undefined
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

async function carryOut(message: Order): Promise<Result | undefined> {
  switch (message.order) {
    case 'begin':
      member = await begin(message.settings)
      return undefined
    case 'ask':
      return ask(begun(), message)
    case 'tick':
      return tick(begun())
    case 'fire':
      begun().clock.tick()
      return undefined
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
      await begun().manager.account(message.account).seed(message.grant)
      return undefined
    case 'sign-out':
      await begun().manager.account(THE_ACCOUNT).end()
      return undefined
    case 'begin-consent':
      return beginConsent(begun(), message.redirectUri)
    case 'finish-consent':
      await begun().manager.account(THE_ACCOUNT).consent.finish({ url: message.url, pending: sentAway() })
      return undefined
    case 'keep-alive':
      return keepAlive(begun(), message.withinMs)
  }
}

async function begin(settings: MemberSettings): Promise<Member> {
  const { provider, canAcquire, resendUnknown, tokenCallsAtOnce, maxAccounts } = settings
  const clock = sharedClock(settings.clockPath)
  const disk = slowDisk(clock, onItsWay)
  const store = await openStore(settings.store, settings.sealingKey)
  const manager = openManager(provider, (real) => observedProvider(real, canAcquire, onItsWay, pass), {
    store: observedStore(store, onItsWay, pass),
    fetch: observedFetch({ ...settings, network: networkOf(provider), tokenPath: provider.tokenPath }, onItsWay, pass),
    resendUnknown,
    tokenCallsAtOnce,
    maxAccounts,
    clock,
    waitUntil: (refresh) => {
      background.add(refresh)
      void refresh.finally(() => background.delete(refresh))
    },
  })
  manager.on(({ type }) => tell({ report: 'event', type }))
  const resource = new URL(provider.apiPath, provider.server)
  return {
    manager,
    apiPath: provider.apiPath,
    store,
    clock,
    disk,
    present: (token) =>
      settings.presentsTokens ? onItsWay.during(() => useToken(resource, token)) : Promise.resolve(),
  }
}

/** What the callers get; then whatever goes on behind their backs has to end. */
async function ask(
  { manager, present, apiPath }: Member,
  { callers, usesApi, account }: Extract<Order, { order: 'ask' }>,
): Promise<Answer> {
  const source: TokenSource = manager.account(account)
  const useApi = async (): Promise<void> => {
    const response = await source.fetch(apiPath)
    await response.arrayBuffer()
    if (response.status !== 200) throw new Error(`status ${response.status}`)
  }
  const waiting = Array.from({ length: callers }, (_, index) =>
    usesApi && index === 0 ? useApi() : source.getToken().then(present),
  )
  const ends = await Promise.allSettled(waiting)
  await Promise.all(background)
  const errors: readonly unknown[] = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
  return answerWith(errors, (await source.status().catch(() => undefined))?.generation)
}

async function beginConsent({ manager }: Member, redirectUri: string): Promise<Page> {
  const asked = await manager.account(THE_ACCOUNT).consent.begin({ redirectUri })
  pending = asked.pending
  return { page: asked.url }
}

async function keepAlive({ manager }: Member, withinMs: number): Promise<Answer> {
  const { failed } = await manager.keepAlive({ withinMs, accounts: [THE_ACCOUNT] })
  return { failures: failed.map(({ code }) => code), sentences: [], generation: undefined }
}

function answerWith(errors: readonly unknown[], generation: number | undefined): Answer {
  return { failures: errors.map(reasonOf), sentences: errors.map(String), generation }
}

/** The provider counts what it refuses: to the caller an old token is a token. */
async function useToken(url: URL, token: AccessToken): Promise<void> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token.reveal()}` } })
  await response.arrayBuffer()
}

function reasonOf(error: unknown): string {
  if (isChaveiroError(error)) return error.code
  return error instanceof Error ? error.message : 'unknown'
}

async function tick({ clock }: Member): Promise<Quiet> {
  clock.tick()
  await onItsWay.quiet()
  return { nextTimerMs: clock.nextTimerMs() }
}

/** Until a server that was away answers this member's client again. The test's own time-out bounds it. */
async function reachStore({ store }: Member): Promise<undefined> {
  for (;;) {
    try {
      await store.read('no such account')
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

function begun(): Member {
  if (member === undefined) throw new Error('The member was not begun.')
  return member
}

function sentAway(): Secret {
  if (pending === undefined) throw new Error('No person was sent to the page.')
  return pending
}

function tell(report: Report): void {
  process.send?.(report)
}
