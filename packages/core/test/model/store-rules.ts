import { retiredTokens } from '../../src/old-tokens/retired-tokens.ts'
import { requestedExpiries } from '../../src/requested-expiries.ts'
import type { TokenRecord } from '../../src/shared/record.ts'
import type { Breaches } from './breaches.ts'
import type { Host } from './host.ts'
import type { Commit, StoreWatch } from './model-store.ts'

/** What the commits so far have shown. */
export interface StoreRules extends StoreWatch {
  /** Lineages that were ended, or replaced by a sign-in. */
  readonly endedLineages: ReadonlySet<string>
  wasStored(accessToken: string, lineage: string, generation: number): boolean
  /** This host has obtained a token without a claim, which is for itself alone. */
  onAlone(host: Host, accessToken: string): void
  /** Is it such a token of another host? */
  isOfAnother(host: Host, accessToken: string): boolean
  /** How many commits there were when this refresh token was replaced by another one; `undefined`: it was not. */
  replacedAt(refreshToken: string): number | undefined
  /** How many commits there were when this host last wrote a claim of its own, if it has not given it back. */
  claimedAt(host: Host, key: string): number | undefined
  isSigning(host: Host): boolean
  /** This host wrote the stored record, for an account that has signed in or out there since. */
  isSignedAway(host: Host, key: string): boolean
  /** A sign-in or sign-out begins on this host. Until `done`, its commits may do what others may not. */
  onSign(host: Host, key: string): { done(): void }
}

/** Watches every commit for invariants 2, 5 and 7. */
export function storeRules(breaches: Breaches, isOrphan: (host: Host, end: number) => boolean): StoreRules {
  const endedLineages = new Set<string>()
  const stored = new Set<string>()
  const replaced = new Map<string, number>()
  const firstSeen = new Map<string, number>()
  const claims = new Map<string, { readonly owner: string; readonly at: number }>()
  const signing = new Map<Host, number>()
  const lastSign = new Map<Host, number>()
  const signed = new Set<string>()
  const writers = new Map<string | undefined, Host>()
  const versions = new Map<string, string | undefined>()
  const alone = new Map<string, Host>()
  let count = 0

  /** Is part of a sign-in or sign-out, even one that gave up on a store that applied the commit later. */
  const isOfSigning = ({ host, askedAt }: Commit): boolean =>
    (signing.get(host) ?? 0) > 0 || (lastSign.get(host) ?? -1) >= askedAt

  const seen = (host: Host, version: string | undefined, at: number): void => {
    const name = `${host.name} ${version}`
    if (!firstSeen.has(name)) firstSeen.set(name, at)
  }
  /** The end came while the host was storing what it now takes back. */
  const isTakenBack = ({ host, key, replaced: version, after }: Commit): boolean =>
    after === undefined && isBeforeSigning(host, key, version)
  const isBeforeSigning = (host: Host, key: string, version: string | undefined): boolean =>
    writers.get(version) === host && signed.has(`${host.name} ${key}`)
  const checkLineage = (commit: Commit): void => {
    const { host, before, after } = commit
    if (after && endedLineages.has(after.lineage)) breaches.report(5, `${host.name} stored a lineage that had ended`)
    if (before === undefined) return
    if (after?.lineage !== before.lineage) {
      endedLineages.add(before.lineage)
      if (before.token && !isOfSigning(commit) && !isTakenBack(commit))
        breaches.report(7, `${host.name} removed a token that had not been ended`)
      return
    }
    if (after.generation < before.generation) breaches.report(5, `${host.name} stored an older generation`)
    const isSame = after.token?.accessToken === before.token?.accessToken
    if (!isSame && after.generation <= before.generation) {
      breaches.report(5, `${host.name} stored another token under the same generation`)
    }
    if (before.token && !after.token) breaches.report(7, `${host.name} removed the token from the record`)
    if (before.token?.refreshToken !== undefined && after.token && after.token.refreshToken === undefined) {
      breaches.report(7, `${host.name} lost the refresh token`)
    }
  }
  const checkClaim = (commit: Commit): void => {
    const { host, key, before, after, replaced: version, askedAt } = commit
    const [old, now] = [before?.claim, after?.claim]
    const own = claims.get(`${host.name} ${key}`)
    if (now && now.owner !== old?.owner) {
      const since = firstSeen.get(`${host.name} ${version}`) ?? askedAt
      if (old && old.owner !== own?.owner && askedAt - since < old.ttlMs) {
        breaches.report(2, `${host.name} took a claim over after ${askedAt - since} ms`)
      }
      claims.set(`${host.name} ${key}`, { owner: now.owner, at: count })
    } else if (now && now.owner === own?.owner) {
      claims.set(`${host.name} ${key}`, { owner: now.owner, at: count })
    } else if (old && old.owner === own?.owner && !isOfSigning(commit)) {
      claims.delete(`${host.name} ${key}`)
    }
    const isResult = after === undefined || isOfSigning(commit) || after.generation > (before?.generation ?? 0)
    const isGivenBack = before?.lineage === after?.lineage && old !== undefined && now === undefined && !isResult
    if (isGivenBack && old.owner !== own?.owner)
      breaches.report(2, `${host.name} gave back the claim of another flight`)
  }
  /** What a lost answer is found by goes from claim to claim, and on to what is to be revoked, until it is settled. */
  const checkLabels = (commit: Commit): void => {
    const kept = new Set(labelsOf(commit.after))
    for (const label of labelsOf(commit.before)) {
      if (kept.has(label) || isOfSigning(commit) || !isOrphan(commit.host, label)) continue
      breaches.report(7, `${commit.host.name} forgot a token whose answer was lost`)
    }
  }
  const checkAlone = ({ host, after }: Commit): void => {
    if (alone.has(after?.token?.accessToken ?? ''))
      breaches.report(2, `${host.name} stored a token that had been obtained without a claim`)
  }
  const note = ({ before, after }: Commit): void => {
    if (after?.token) stored.add(nameOf(after.token.accessToken, after))
    const old = before?.token?.refreshToken
    if (old !== undefined && after?.token?.refreshToken !== old && !replaced.has(old)) replaced.set(old, count)
  }
  return {
    endedLineages,
    onSign(host, key) {
      signed.add(`${host.name} ${key}`)
      signing.set(host, (signing.get(host) ?? 0) + 1)
      lastSign.set(host, host.clock.monotonic())
      return {
        done() {
          signing.set(host, (signing.get(host) ?? 0) - 1)
          lastSign.set(host, host.clock.monotonic())
        },
      }
    },
    isSignedAway: (host, key) => isBeforeSigning(host, key, versions.get(key)),
    onAlone: (host, accessToken) => void alone.set(accessToken, host),
    isOfAnother: (host, accessToken) => (alone.get(accessToken) ?? host) !== host,
    isSigning: (host) => (signing.get(host) ?? 0) > 0,
    wasStored: (accessToken, lineage, generation) => stored.has(nameOf(accessToken, { lineage, generation })),
    replacedAt: (refreshToken) => replaced.get(refreshToken),
    claimedAt: (host, key) => claims.get(`${host.name} ${key}`)?.at,
    onRead: (host, version) => seen(host, version, host.clock.monotonic()),
    onCommit(commit) {
      count += 1
      breaches.note(`${commit.host.name} ${commit.host.clock.monotonic()} commits ${shown(commit.after)}`)
      checkLineage(commit)
      checkClaim(commit)
      checkLabels(commit)
      checkAlone(commit)
      note(commit)
      seen(commit.host, commit.version, commit.askedAt)
      writers.set(commit.version, commit.host)
      versions.set(commit.key, commit.version)
    },
  }
}

function labelsOf(record: TokenRecord | undefined): number[] {
  const { notes = {} } = record ?? {}
  const asked = (requestedExpiries.of(notes) ?? []).map(({ end }) => end)
  const lost = (retiredTokens.of(notes) ?? []).filter(({ id }) => id === undefined).map(({ expiresAt }) => expiresAt)
  return [...asked, ...lost].filter((label) => label !== undefined)
}

function shown(record: TokenRecord | undefined): string {
  if (record === undefined) return 'nothing'
  const { lineage, generation, token, claim } = record
  return `${lineage.slice(0, 4)}/${generation} ${token?.accessToken} ${claim ? `claimed for ${claim.generation}` : ''}`
}

function nameOf(accessToken: string, { lineage, generation }: Pick<TokenRecord, 'lineage' | 'generation'>): string {
  return JSON.stringify([accessToken, lineage, generation])
}
