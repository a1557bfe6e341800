import type { Accounts } from './accounts.ts'
import type { AccountTokenSource } from './token-source.ts'

/** The account of a manager that has one. Without a map, because there may be a manager for each tenant. */
export class SoleAccount<M> implements Pick<Accounts<M>, 'open' | 'current' | 'all' | 'clear'> {
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
