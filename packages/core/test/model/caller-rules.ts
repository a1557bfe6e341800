import { inspect } from 'node:util'
import { type AccessToken, isChaveiroError, type TokenSource } from '@chaveiro/core'
import type { Breaches } from './breaches.ts'
import type { Host } from './host.ts'
import type { ModelIssuer } from './model-issuer.ts'
import type { RejectionRules } from './rejection-rules.ts'
import { type Account, SECRET, type Setup } from './setup.ts'
import type { StoreRules } from './store-rules.ts'

/** A caller that asked for a token. */
export interface Caller {
  readonly host: Host
  readonly account: Account
  readonly source: TokenSource
  readonly controller: AbortController
  /** He wants a newer one than this. */
  readonly newerThan: AccessToken | undefined
  /** Lineages that had ended here when it asked. */
  readonly forgotten: ReadonlySet<string>
  /** Monotonic. */
  readonly since: number
  /** How often the account had been signed in or out, anywhere. */
  readonly signs: number
  isSettled: boolean
  /** What it got. */
  token: AccessToken | undefined
}

export interface CallerRules {
  onToken(caller: Caller, token: AccessToken): void
  onError(caller: Caller, error: unknown): void
  /** The API refused a token of this account, or a caller reported that. */
  onRefused(account: Account): void
  /** A caller wants another token than the one in hand. */
  onUnwanted(account: Account): void
  /** Has any token of the account been refused or unwanted? */
  isUnwanted(account: Account): boolean
  /** When the token ends that this process last gave to a caller. */
  endOf(host: Host, account: Account): number | undefined
  /** Lineages that this process has left for another one. */
  leftBy(host: Host, account: Account): ReadonlySet<string>
  /** Anything that a program could print. */
  onPrintable(what: string, value: unknown): void
}

/** Watches what callers get for invariants 1, 4, 5, 6 and 10. `signs`: the number of sign-ins and sign-outs. */
export function callerRules(
  setup: Setup,
  breaches: Breaches,
  store: StoreRules,
  issuer: ModelIssuer,
  signs: (account: Account) => number,
  rejections: RejectionRules,
): CallerRules {
  const latest = new Map<string, AccessToken>()
  const left = new Map<string, Set<string>>()
  const refused = new Set<string>()
  const unwanted = new Set<string>()
  // A token that was obtained without the store has a lineage of its own, and ends in favour of the store's.
  const mayReturn = setup.isShared && setup.storeFailure === 'go-on'
  const onPrintable = (what: string, value: unknown): void => {
    if (printed(value).includes(SECRET)) breaches.report(10, `${what} shows one`)
  }
  // Where memory is short, a token that can be had again, from the store or from the issuer, is forgotten with its account.
  const isNowhereElse = !setup.canAcquire || setup.issuer === 'accumulating'
  const isKept = setup.maxAccounts > 1 || (!setup.isShared && isNowhereElse)
  /** A token that was never refused, ended or replaced, on clocks that were never changed. */
  const hasValid = ({ host, account, newerThan }: Caller): boolean => {
    const { expiresAt = 0 } = latest.get(`${host.name} ${account}`) ?? {}
    const isWanted = newerThan === undefined && !refused.has(account) && signs(account) === 0
    return isKept && isWanted && !host.isSkewed && host.closing === 'no' && expiresAt > host.clock.now()
  }
  return {
    onPrintable,
    onRefused: (account) => void refused.add(account),
    onUnwanted: (account) => void unwanted.add(account),
    isUnwanted: (account) => refused.has(account) || unwanted.has(account),
    endOf: (host, account) => latest.get(`${host.name} ${account}`)?.expiresAt,
    leftBy: (host, account) => left.get(`${host.name} ${account}`) ?? new Set(),
    onToken(caller, token) {
      const { host, account, newerThan } = caller
      const { lineage, generation } = token
      const text = token.reveal()
      const place = `${host.name} ${account}`
      if (issuer.accountOf(text) !== account) breaches.report(1, `${host.name} gave the token of another account`)
      if (store.isOfAnother(host, text)) breaches.report(2, `${host.name} gave a token that another had for itself`)
      if (setup.isShared && !store.wasStored(text, lineage, generation)) void expectUnpersisted(breaches, caller, token)
      const before = latest.get(place)
      if (before?.lineage === lineage && generation < before.generation) {
        breaches.report(5, `${host.name} gave generation ${generation} after ${before.generation}`)
      }
      if (caller.forgotten.has(lineage)) breaches.report(5, `${host.name} gave a token of a lineage that had ended`)
      if (newerThan?.lineage === lineage && generation <= newerThan.generation) {
        breaches.report(5, `${host.name} gave generation ${generation} for a newer one than ${newerThan.generation}`)
      }
      if (before && before.lineage !== lineage && !mayReturn)
        left.set(place, new Set([...(left.get(place) ?? []), before.lineage]))
      latest.set(place, token)
      onPrintable('a token', token)
    },
    onError(caller, error) {
      const { host, account, controller } = caller
      onPrintable('an error', error)
      if (controller.signal.aborted) {
        if (error !== controller.signal.reason) breaches.report(6, `${host.name} hid a caller's own reason`)
        return
      }
      const code = isChaveiroError(error) ? error.code : undefined
      breaches.note(`${host.name} ${host.clock.monotonic()} fails a caller of ${account} with ${code}`)
      if (hasValid(caller)) breaches.report(7, `${host.name} had a valid token and failed a caller with ${code}`)
      if (code === undefined) breaches.report(6, `${host.name} failed a caller with ${inspect(error)}`)
      if (code === 'aborted' && signs(account) === 0) breaches.report(6, `${host.name} aborted a caller who had not`)
      if (code === 'closed' && host.closing === 'no') breaches.report(6, `${host.name} said that it was closed`)
      if (code !== undefined && host.closing === 'no') rejections.onFailure(caller, code)
    },
  }
}

async function expectUnpersisted(breaches: Breaches, { host, source }: Caller, token: AccessToken): Promise<void> {
  if (host.closing !== 'no') return
  const { persisted, generation } = await source.status()
  if (persisted && generation === token.generation) {
    breaches.report(4, `${host.name} gave generation ${generation}, which was never stored`)
  }
}

function printed(value: unknown): string {
  const error = value instanceof Error ? `${value.message} ${value.stack}` : ''
  return `${inspect(value, { depth: 6, showHidden: true })} ${JSON.stringify(value)} ${String(value)} ${error}`
}
