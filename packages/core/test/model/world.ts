import type { AccessToken, GetTokenOptions } from '@chaveiro/core'
import type { Scheduler } from 'fast-check'
import { accountRef, storeKey, tokenKey } from '../../src/account-ref.ts'
import { apiRules as newApiRules } from './api-rules.ts'
import { type Breaches, breaches as newBreaches } from './breaches.ts'
import { type Caller, type CallerRules, callerRules as newCallerRules } from './caller-rules.ts'
import { endpointRules } from './endpoint-rules.ts'
import { inHand } from './in-hand.ts'
import { type ModelIssuer, modelIssuer } from './model-issuer.ts'
import { type ModelProcess, startProcess } from './model-process.ts'
import { type ModelStore, modelStore } from './model-store.ts'
import { SERVER } from './network.ts'
import { refreshTokenRules as newRefreshTokenRules, type RefreshTokenRules } from './refresh-token-rules.ts'
import { rejectionRules } from './rejection-rules.ts'
import { sendRules as newSendRules, type SendRules } from './send-rules.ts'
import { ACCOUNTS, type Account, LIFE_SECONDS, NEIGHBOURS, refOf, type Seller, type Setup } from './setup.ts'
import { storeRules as newStoreRules, type StoreRules } from './store-rules.ts'

const SPACE = { provider: 'model', server: SERVER, namespace: '' }
const KEYS = new Map<Account, string>()
for (const account of [...ACCOUNTS, ...NEIGHBOURS]) {
  KEYS.set(account, await storeKey(tokenKey(SPACE, accountRef(refOf(account)))))
}
const keyOf = (account: Account): string => KEYS.get(account) ?? ''

/** How a process calls the API. */
interface ApiCall {
  readonly method: 'GET' | 'POST'
  readonly attempts: number
}

/** All that there is in a history: processes, the store between them, the issuer, and the rules that watch. */
export interface World {
  readonly setup: Setup
  readonly scheduler: Scheduler
  readonly breaches: Breaches
  readonly storeRules: StoreRules
  readonly sendRules: SendRules
  readonly refreshTokenRules: RefreshTokenRules
  readonly callerRules: CallerRules
  readonly issuer: ModelIssuer
  readonly store: ModelStore
  readonly processes: ModelProcess[]
  /** Those that were told to close and may not have finished. */
  readonly retired: ModelProcess[]
  readonly callers: Caller[]
  /** Was any clock wrong, even in a process that has ended since? Its record may still be in the store. */
  wasSkewed: boolean
  /** Has any process stood still or ended in the middle of something? */
  wasInterrupted: boolean
  /** Nothing has happened that leaves a claim behind, loses what was to be stored, or moves a clock. */
  isCalm(): boolean
  /** The time that all clocks would show if none were wrong. */
  now(): number
  /** Moves every clock that is not frozen. */
  advance(ms: number): Promise<void>
  /** Begins to get a token. `nth`: which of the sources that the process has of the account. */
  ask(
    process: ModelProcess,
    account: Account,
    options?: Pick<GetTokenOptions, 'newerThan' | 'timeoutMs'>,
    nth?: number,
  ): Caller
  /** What has been done so far is where the history begins. */
  begin(): void
  signIn(process: ModelProcess, account: Seller): void
  signOut(process: ModelProcess, account: Seller): void
  /** Calls the API with the account's token. */
  call(process: ModelProcess, account: Seller, call: ApiCall): void
  /** The account has a refresh token that no failure is a reason to give up. */
  isUsable(account: Account): boolean
}

export function createWorld(setup: Setup, scheduler: Scheduler, processes: number): World {
  const breaches = newBreaches()
  const storeRules = newStoreRules(breaches, (host, end) => issuer.isOrphan(host, end))
  let elapsed = Date.UTC(2026, 0, 1)
  const signs = new Map<Account, number>()
  const signsOf = (account: Account): number => signs.get(account) ?? 0
  let calls = 0
  const store = modelStore(setup, scheduler, storeRules)
  const memory = inHand()
  const recordOf = (account: Account): ReturnType<ModelStore['recordOf']> => store.recordOf(keyOf(account))
  const refreshTokenRules = newRefreshTokenRules(setup, breaches, storeRules, {
    keyOf,
    isDenied: (account) => sendRules.isDenied(account),
    wasTroubled: store.wasTroubled,
    isServing(host, account) {
      const inMemory = signsOf(account) === 0 ? callerRules.endOf(host, account) : undefined
      const end = setup.isShared ? recordOf(account)?.token?.expiresAt : inMemory
      return !world.wasSkewed && !callerRules.isUnwanted(account) && host.clock.now() < (end ?? 0)
    },
  })
  const isWaiting = ({ isSettled, controller }: Caller): boolean => !isSettled && !controller.signal.aborted
  const endpoint = endpointRules(setup, breaches, (host, account) =>
    world.callers.some((caller) => caller.host === host && caller.account === account && isWaiting(caller)),
  )
  const sendRules = newSendRules(setup, breaches, storeRules, keyOf, refreshTokenRules, endpoint, {
    isCalm: () => world.isCalm(),
    wasTroubled: store.wasTroubled,
    wasSkewed: () => world.wasSkewed,
  })
  const apiRules = newApiRules(breaches)
  const issuer = modelIssuer(setup, scheduler, () => elapsed, {
    onSend(host, call) {
      const onEnd = sendRules.onSend(host, call)
      const onTokens = memory.onSend(call.account)
      return (end, tokens) => {
        onEnd(end, tokens)
        onTokens(tokens?.refreshToken)
      }
    },
    onRefused: (_, account) => callerRules.onRefused(account),
    onStray: (host, request, isSecret) => apiRules.onStray(host, request, isSecret),
    onApiRequest: (host, id, method) => apiRules.onRequest(host, id, method),
    onApiRejected: (host, id) => apiRules.onRejected(host, id),
    onApiApplied: (id) => apiRules.onApplied(id),
    onRevoke(host, accessToken, maker) {
      const isOwn = maker === 'client' || (maker === 'person' && storeRules.isSigning(host))
      if (!isOwn) breaches.report(7, `${host.name} revoked a token that it had not made`)
      // If a token was stored during a sign-out and the store cannot be made to forget it, it is revoked.
      const inForce = [...KEYS.values()].some(
        (key) => store.recordOf(key)?.token?.accessToken === accessToken && !storeRules.isSignedAway(host, key),
      )
      // With `revoke`, what a store that could not be reached may have taken is revoked anyway.
      if (inForce && setup.persistFailure !== 'revoke') breaches.report(7, `${host.name} revoked the token in force`)
    },
  })
  const rejections = rejectionRules(setup, breaches, sendRules, endpoint, {
    isCalm: () => world.isCalm(),
    signs: signsOf,
    isUsable: (account) => world.isUsable(account),
  })
  const callerRules = newCallerRules(setup, breaches, storeRules, issuer, signsOf, rejections)
  const goneOf = (process: ModelProcess, account: Account): Set<string> => {
    const known = process.latest.get(account)?.lineage
    return new Set([...storeRules.endedLineages, ...(known === undefined ? [] : [known])])
  }
  const sign = (
    process: ModelProcess,
    account: Seller,
    refreshToken: string | undefined,
    act: () => Promise<void>,
    isOut: boolean,
  ): void => {
    const count = (): void => void signs.set(account, signsOf(account) + 1)
    count()
    const signing = storeRules.onSign(process, keyOf(account))
    const onSigned = memory.onSign(account)
    sendRules.onSign(process, account)
    const goneBefore = goneOf(process, account)
    const before = recordOf(account)
    act()
      .then(
        () => {
          sendRules.onSign(process, account)
          onSigned(refreshToken)
          if (isOut && before?.token && recordOf(account)?.lineage === before.lineage)
            breaches.report(5, `${process.name} reported a sign-out that is not in the store`)
          // A new lineage may end elsewhere before its maker hears that it was stored.
          const goneSince = isOut ? storeRules.endedLineages : []
          process.forgotten.set(account, new Set([...goneBefore, ...goneSince]))
        },
        (error: unknown) => callerRules.onPrintable('an error', error),
      )
      .finally(() => {
        count()
        signing.done()
      })
  }
  const world: World = {
    setup,
    scheduler,
    breaches,
    storeRules,
    sendRules,
    refreshTokenRules,
    callerRules,
    issuer,
    store,
    processes: [],
    retired: [],
    callers: [],
    wasSkewed: false,
    wasInterrupted: false,
    isCalm: () => !world.wasSkewed && !world.wasInterrupted && !store.wasTroubled(),
    now: () => elapsed,
    async advance(ms) {
      elapsed += ms
      for (const { isFrozen, clock } of [...world.processes, ...world.retired]) if (!isFrozen) await clock.advance(ms)
    },
    ask(process, account, options = {}, nth = 0) {
      const controller = new AbortController()
      const source = process.sourceOf(account, nth)
      const gone = process.forgotten.get(account) ?? []
      const { newerThan } = options
      const caller: Caller = {
        host: process,
        account,
        source,
        controller,
        newerThan,
        forgotten: new Set([...gone, ...callerRules.leftBy(process, account)]),
        since: process.clock.monotonic(),
        signs: signsOf(account),
        isSettled: false,
        token: undefined,
      }
      if (newerThan !== undefined) callerRules.onUnwanted(account)
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
    begin: () => signs.clear(),
    signIn(process, account) {
      const given = issuer.signIn(account)
      const expiresAt = process.clock.now() + LIFE_SECONDS * 1_000
      sign(process, account, given.refreshToken, () => process.sourceOf(account).seed({ ...given, expiresAt }), false)
    },
    signOut: (process, account) => sign(process, account, undefined, () => process.sourceOf(account).end(), true),
    call(process, account, { method, attempts }) {
      calls += 1
      const id = String(calls)
      apiRules.onCall(id, { attempts })
      const { fetch } = process.sourceOf(account)
      const retrying = attempts > 1 ? fetch.with({ retry: { maxAttempts: attempts } }) : fetch
      const init = { method, headers: { 'x-call': id }, ...(method === 'POST' && { body: 'an order' }) }
      process.calls += 1
      retrying(new URL('/api', SERVER), init)
        .catch((error: unknown) => callerRules.onPrintable('an error', error))
        .finally(() => {
          process.calls -= 1
        })
    },
    isUsable(account) {
      const refreshToken = setup.isShared ? recordOf(account)?.token?.refreshToken : memory.of(account)
      if (refreshToken === undefined) return false
      return issuer.isInForce(refreshToken) && refreshTokenRules.isUsable(refreshToken)
    },
  }
  for (let number = 1; number <= processes; number += 1) world.processes.push(startProcess(world, `p${number}`))
  return world
}
