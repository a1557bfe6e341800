import type { AccessToken, GetTokenOptions } from '@chaveiro/core'
import type { Scheduler } from 'fast-check'
import { accountRef, storeKey, tokenKey } from '../../src/account-ref.ts'
import { type Breaches, breaches as newBreaches } from './breaches.ts'
import { type Caller, type CallerRules, callerRules as newCallerRules } from './caller-rules.ts'
import { type ModelIssuer, modelIssuer } from './model-issuer.ts'
import { type ModelProcess, SERVER, startProcess } from './model-process.ts'
import { type ModelStore, modelStore } from './model-store.ts'
import { sendRules as newSendRules, type SendRules } from './send-rules.ts'
import { type Account, LIFE_SECONDS, type Setup } from './setup.ts'
import { storeRules as newStoreRules, type StoreRules } from './store-rules.ts'

const KEYS: Readonly<Record<Account, string>> = {
  north: await keyOf('north'),
  south: await keyOf('south'),
}

/** All that there is in a history: processes, the store between them, the issuer, and the rules that watch. */
export interface World {
  readonly setup: Setup
  readonly scheduler: Scheduler
  readonly breaches: Breaches
  readonly storeRules: StoreRules
  readonly sendRules: SendRules
  readonly callerRules: CallerRules
  readonly issuer: ModelIssuer
  readonly store: ModelStore
  readonly processes: ModelProcess[]
  /** Those that were told to close and may not have finished. */
  readonly retired: ModelProcess[]
  readonly callers: Caller[]
  /** Was any clock wrong, also of a process that has ended since? What it wrote may still stand in the store. */
  wasSkewed: boolean
  /** The time that all clocks would show if none were wrong. */
  now(): number
  /** Moves every clock that is not frozen. */
  advance(ms: number): Promise<void>
  /** Begins to get a token. */
  ask(process: ModelProcess, account: Account, options?: Pick<GetTokenOptions, 'newerThan' | 'timeoutMs'>): Caller
  signIn(process: ModelProcess, account: Account): void
  signOut(process: ModelProcess, account: Account): void
  /** Calls the API with the account's token. */
  call(process: ModelProcess, account: Account): void
}

export function createWorld(setup: Setup, scheduler: Scheduler, processes: number): World {
  const breaches = newBreaches()
  const storeRules = newStoreRules(breaches, (host, end) => issuer.isOrphan(host, end))
  const sendRules = newSendRules(setup, breaches, storeRules, (account) => KEYS[account])
  let elapsed = Date.UTC(2026, 0, 1)
  const signed = new Set<Account>()
  let calls = 0
  const store = modelStore(setup, scheduler, storeRules)
  const issuer = modelIssuer(setup, scheduler, () => elapsed, {
    onSend: (host, call) => sendRules.onSend(host, call),
    onRefused: (account) => callerRules.onRefused(account),
    onRevoke(host, accessToken, maker) {
      const isOwn = maker === 'client' || (maker === 'person' && storeRules.isSigning(host))
      if (!isOwn) breaches.report(7, `${host.name} revoked a token that it had not made`)
      // Where the store cannot be made to forget what was stored while somebody signed out, that is revoked there.
      const inForce = Object.values(KEYS).some(
        (key) => store.recordOf(key)?.token?.accessToken === accessToken && !storeRules.isSignedAway(host, key),
      )
      // With `revoke`, what a store that could not be reached may have taken is revoked all the same.
      if (inForce && setup.persistFailure !== 'revoke') breaches.report(7, `${host.name} revoked the token in force`)
    },
  })
  const callerRules = newCallerRules(breaches, storeRules, issuer, (account) => signed.has(account), setup.isShared)
  const goneOf = (process: ModelProcess, account: Account): Set<string> => {
    const known = process.latest.get(account)?.lineage
    return new Set([...storeRules.endedLineages, ...(known === undefined ? [] : [known])])
  }
  const sign = (process: ModelProcess, account: Account, isOut: boolean, act: () => Promise<void>): void => {
    signed.add(account)
    const signing = storeRules.onSign(process, KEYS[account])
    sendRules.onSign(process, account)
    const goneBefore = goneOf(process, account)
    act()
      .then(
        () => {
          sendRules.onSign(process, account)
          // A new lineage may end elsewhere before its maker hears that it was stored.
          const goneSince = isOut ? storeRules.endedLineages : []
          process.forgotten.set(account, new Set([...goneBefore, ...goneSince]))
        },
        (error: unknown) => callerRules.onPrintable('an error', error),
      )
      .finally(() => signing.done())
  }
  const world: World = {
    setup,
    scheduler,
    breaches,
    storeRules,
    sendRules,
    callerRules,
    issuer,
    store,
    processes: [],
    retired: [],
    callers: [],
    wasSkewed: false,
    now: () => elapsed,
    async advance(ms) {
      elapsed += ms
      for (const { isFrozen, clock } of [...world.processes, ...world.retired]) if (!isFrozen) await clock.advance(ms)
    },
    ask(process, account, options = {}) {
      const controller = new AbortController()
      const source = process.sources[account]
      const forgotten = process.forgotten.get(account) ?? new Set()
      const { newerThan } = options
      const caller: Caller = {
        host: process,
        account,
        source,
        controller,
        newerThan,
        forgotten,
        isSettled: false,
        token: undefined,
      }
      world.callers.push(caller)
      const settle = (): void => {
        caller.isSettled = true
      }
      source
        .getToken({ ...options, signal: controller.signal })
        .then(
          (token: AccessToken) => {
            process.latest.set(account, token)
            caller.token = token
            callerRules.onToken(caller, token)
          },
          (error: unknown) => callerRules.onError(caller, error),
        )
        .finally(settle)
      return caller
    },
    signIn: (process, account) =>
      sign(process, account, false, () => {
        const expiresAt = process.clock.now() + LIFE_SECONDS * 1_000
        return process.sources[account].seed({ ...issuer.signIn(account), expiresAt })
      }),
    signOut: (process, account) => sign(process, account, true, () => process.sources[account].end()),
    call(process, account) {
      calls += 1
      const id = String(calls)
      const count = (): void => {
        if ((issuer.apiRequests.get(id) ?? 0) > 2) breaches.report(8, `${process.name} sent a request three times`)
      }
      process.sources[account]
        .fetch(new URL('/api', SERVER), { headers: { 'x-call': id } })
        .then(count, (error: unknown) => {
          count()
          callerRules.onPrintable('an error', error)
        })
    },
  }
  for (let number = 1; number <= processes; number += 1) world.processes.push(startProcess(world, `p${number}`))
  return world
}

function keyOf(account: Account): Promise<string> {
  return storeKey(
    tokenKey({ provider: 'model', server: SERVER, namespace: '' }, accountRef({ tenant: 'seller', account })),
  )
}
