import { type AccountRef, accountKey, accountName, accountRef, soleTenant } from '../account-ref.ts'
import { ChaveiroError } from '../errors.ts'
import type { Notes } from '../notes.ts'
import { EvictedAccounts } from './evicted-accounts.ts'
import type { AccountTokenSource } from './token-source.ts'

export type OpenSource<M> = (ref: AccountRef, key: string, remains: Notes | undefined) => AccountTokenSource<M>

// How many evicted accounts leave something behind, as a multiple of the accounts in memory.
const EVICTED_SHARE = 10

/** The accounts of a manager. */
export interface AccountSet<M> {
  open(given: AccountRef | string): AccountTokenSource<M>
  /** The current source of an account that was evicted. */
  current(source: AccountTokenSource<M>): AccountTokenSource<M>
  all(): Iterable<AccountTokenSource<M>>
  clear(): void
}

/** The accounts that a manager remembers: bounded, the least recently opened evicted first. */
export class Accounts<M> implements AccountSet<M> {
  readonly #most: number
  readonly #open: OpenSource<M>
  readonly #sources = new Map<string, AccountTokenSource<M>>()
  #evicted: EvictedAccounts | undefined

  constructor(most: number, open: OpenSource<M>) {
    this.#most = most
    this.#open = open
  }

  open(given: AccountRef | string): AccountTokenSource<M> {
    const tenant = soleTenant(given)
    const known = tenant === undefined || isCoded(tenant) ? undefined : this.#sources.get(tenant)
    return known ? touched(known) : this.#find(accountRef(given))
  }

  #find(ref: AccountRef): AccountTokenSource<M> {
    const key = keyOf(ref)
    const known = this.#sources.get(key)
    if (known) return touched(known)
    const source = this.#open(ref, key, this.#evicted?.take(key))
    this.#add(source)
    return source
  }

  current(source: AccountTokenSource<M>): AccountTokenSource<M> {
    const { key, eviction = 0, account } = source
    // If another source of the account has been in force since, what this one remembers no longer counts.
    if (!this.#evicted?.isLast(key, eviction)) return this.#find(account)
    source.readmit()
    this.#evicted?.take(key)
    this.#add(source)
    return source
  }

  all(): Iterable<AccountTokenSource<M>> {
    return this.#sources.values()
  }

  clear(): void {
    this.#sources.clear()
  }

  #add(source: AccountTokenSource<M>): void {
    this.#sources.set(source.key, source)
    if (this.#sources.size > this.#most) this.#evict(source)
  }

  /**
   * Second chance: an account that was opened since the last look goes to the end of the queue once. Accounts with work
   * under way, accounts whose token is nowhere else, and the one just opened always stay.
   */
  #evict(keep: AccountTokenSource<M>): void {
    let looks = this.#sources.size
    for (const [key, source] of this.#sources) {
      if (looks === 0 || this.#sources.size <= this.#most) return
      looks -= 1
      this.#sources.delete(key)
      if (source === keep || source.isTouched || source.isBusy) {
        source.isTouched = false
        this.#sources.set(key, source)
        continue
      }
      this.#evicted ??= new EvictedAccounts(this.#most * EVICTED_SHARE)
      this.#evicted.add(key, (eviction) => source.evict(eviction))
    }
  }
}

/** The account of a manager that has one. Without a map, because there may be a manager for each tenant. */
export class SoleAccount<M> implements AccountSet<M> {
  readonly #source: AccountTokenSource<M>

  constructor(source: AccountTokenSource<M>) {
    this.#source = source
  }

  open(): AccountTokenSource<M> {
    return this.#source
  }

  current(): AccountTokenSource<M> {
    return this.#source
  }

  all(): Iterable<AccountTokenSource<M>> {
    return [this.#source]
  }

  clear(): void {
    // It has nothing to forget: its manager is about to be forgotten with it.
  }
}

const CODED = '\0'

/** The tenant itself where that is all, so that such an account costs no second text. No two accounts share a key. */
export function keyOf(ref: AccountRef): string {
  const tenant = soleTenant(ref)
  return tenant === undefined || isCoded(tenant) ? CODED + accountKey(ref) : tenant
}

function isCoded(key: string): boolean {
  return key.startsWith(CODED)
}

const NAMED_AT_MOST = 3

/** Tokens that no store took end with their manager. */
export function unsaved(provider: string, accounts: readonly AccountRef[]): ChaveiroError {
  const { length } = accounts
  const names = accounts.slice(0, NAMED_AT_MOST).map(accountName).join(', ')
  const which = length > NAMED_AT_MOST ? `${names} and others` : names
  const message = `${length} tokens of ${provider} could not be saved: account ${which}. Check the store.`
  return new ChaveiroError('store', message, { provider, account: length === 1 ? accounts[0] : undefined })
}

/** Written only where it changes: of very many accounts most are not in the processor's cache. */
function touched<M>(source: AccountTokenSource<M>): AccountTokenSource<M> {
  if (!source.isTouched) source.isTouched = true
  return source
}
