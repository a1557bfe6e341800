import type { ResendUnknown, Settings } from './settings.ts'

/** What a process is told. Each order is answered by the report of the same name. */
export type Order =
  | { readonly order: 'open'; readonly settings: Settings }
  /** Hours pass. */
  | { readonly order: 'advance'; readonly ms: number }
  /** Get a token for every seller. */
  | { readonly order: 'warm' }
  /** Make one API request for every seller. */
  | { readonly order: 'use' }

/** What came of an order, over all sellers. */
export interface Outcome {
  /** Sellers for whom it worked. */
  readonly ready: number
  /** The codes of the errors of the others, and how many sellers met each. */
  readonly failed: Readonly<Record<string, number>>
  /** Refresh tokens that the process sent although an answer to them may have been lost, since it began. */
  readonly repeated: number
}

/** What a process says: an order is carried out, or could not be. */
export interface Report {
  readonly order: Order['order']
  readonly outcome?: Outcome | undefined
  readonly error?: string | undefined
}

/** What happens in a run, one after the other. Durations are in milliseconds. */
export type Step =
  | { readonly step: 'began'; readonly sellers: number }
  | { readonly step: 'connected'; readonly sellers: number; readonly tokenCalls: number; readonly ms: number }
  | {
      readonly step: 'shared'
      readonly sellers: number
      readonly tokenCalls: number
      /** How many sellers each process has a token for. */
      readonly ready: readonly number[]
      readonly ms: number
    }
  | { readonly step: 'killed'; readonly sellers: number; readonly afterCalls: number }
  | {
      readonly step: 'went-on'
      readonly sellers: number
      readonly resendUnknown: ResendUnknown
      /** Sellers for whom the API answered process 2. */
      readonly ready: number
      /** Calls that process 1 had begun, and whose tokens never reached Redis. */
      readonly inFlight: number
      /** Those of them that the provider answered. */
      readonly answered: number
      /** Those that process 2 made once more. */
      readonly repeated: number
      /** Sellers who have to agree again. */
      readonly toAgreeAgain: number
      /** Sellers who met any other error. */
      readonly otherErrors: number
      readonly ms: number
    }
  | {
      readonly step: 'counted'
      readonly resendUnknown: ResendUnknown
      readonly repeated: number
      /** Refresh tokens by how often the provider received them. */
      readonly once: number
      readonly twice: number
      readonly more: number
      /** Spent refresh tokens that came back, as the simulator counts them by itself. */
      readonly reuses: number
    }
