/** A record as a driver finds it. `text: undefined`: there, but damaged in a way that the driver can see. */
export interface CellContent {
  readonly version: string
  readonly text: string | undefined
}

/** What a commit puts in place. `text: null` deletes; its version then names the deletion. */
export interface NextCell {
  readonly version: string
  readonly text: string | null
}

/** How long the place may keep a record: milliseconds, or as long as it would have, or until it is deleted. */
export type Life = number | 'as-before' | 'until-deleted'

/**
 * What is particular to one kind of place. Everything else (sealing, versions, error codes, closing) is written once,
 * in `createStore`. Errors of the driver are thrown as they come.
 */
export interface Cells {
  /** The name used in messages: `Redis`. */
  readonly name: string
  read(key: string): Promise<CellContent | undefined>
  /** Puts `next` in place if the version there is `expect` (`null`: absent), in one atomic step. `false`: it is not. */
  swap(key: string, next: NextCell, expect: string | null, life: Life): Promise<boolean>
  /** The keys of all records, in any order; one may come twice. */
  keys(): AsyncIterable<string>
  /** What an error of the driver means, by the code that it carries. */
  readonly reasons: Readonly<Record<string, string>>
}
