import type { AccountRef } from '@chaveiro/core'
import type { Grant } from '@chaveiro/core/provider'

/** Where tokens are kept, in words that another process can be told. Members take the drivers in turn. */
export type StoreSettings =
  | { readonly kind: 'file'; readonly directory: string }
  | { readonly kind: 'redis'; readonly url: string; readonly driver: 'ioredis' | 'redis' }
  | { readonly kind: 'postgres'; readonly url: string; readonly driver: 'pg' | 'postgres' }

/** The provider that a member calls, where, and with what. */
export type ProviderSettings = ProviderPaths &
  (
    | { readonly id: 'bitize'; readonly inputs: { readonly consumerKey: string; readonly secretKey: string } }
    | {
        readonly id: 'bling' | 'made-up-bank' | 'mercado-livre' | 'tiny'
        readonly inputs: { readonly clientId: string; readonly clientSecret: string }
      }
    | {
        readonly id: 'efi'
        readonly inputs: { readonly clientId: string; readonly clientSecret: string }
        /** The files of the certificate that it presents, in PEM. */
        readonly certificate: { readonly cert: string; readonly key: string }
        /** The authority that the server's own certificate is of. */
        readonly ca: string
      }
  )

interface ProviderPaths {
  readonly server: string
  /** The path of its token calls, at which a member can be held. */
  readonly tokenPath: string
  /** A request of its API that changes nothing. */
  readonly apiPath: string
}

/** Everything that a member is started with. */
export interface MemberSettings {
  readonly provider: ProviderSettings
  readonly store: StoreSettings
  readonly sealingKey: string
  /** The file that all processes read the time from. */
  readonly clockPath: string
  /** `false`: the inputs cannot acquire, only a person can sign in. */
  readonly canAcquire: boolean
  readonly resendUnknown: 'once' | 'never'
  /** @default the engine's */
  readonly tokenCallsAtOnce: number | undefined
  /** @default the engine's */
  readonly maxAccounts: number | undefined
  /** Its callers take each token to the API by themselves, so that the provider sees what is handed out. */
  readonly presentsTokens: boolean
  /** Its `fetch` goes on with a call that was given up, as some proxies' do. */
  readonly ignoresAbort: boolean
}

/** The account of whom nothing else is said. */
export const THE_ACCOUNT = 'the-account'

/**
 * The places in a refresh at which a member can be held, in their order: it is about to write its claim; that is written,
 * but it has not heard so; it has the turn; its request leaves; it has the answer and is about to commit it; that is done,
 * but it has not heard so.
 */
export type Point = 'claiming' | 'claimed' | 'in-turn' | 'sending' | 'answered' | 'committed'

/** Commands for a member. Each is answered by a report `done` of the same id. */
export type Order =
  | { readonly order: 'begin'; readonly settings: MemberSettings }
  /** Its callers ask for a token; one of them uses the API with it, if told so. */
  | {
      readonly order: 'ask'
      readonly callers: number
      readonly usesApi: boolean
      readonly account: AccountRef | string
    }
  /** Fires the timers that have come due, and reports when nothing is on its way any more. */
  | { readonly order: 'tick' }
  /** Fires them, whatever is on its way: an answer that is held back. */
  | { readonly order: 'fire' }
  | { readonly order: 'hold-at'; readonly point: Point | undefined }
  | { readonly order: 'go' }
  | { readonly order: 'reach-store' }
  | { readonly order: 'slow-disk'; readonly stepMs: number }
  | { readonly order: 'seed'; readonly grant: Grant; readonly account: string }
  | { readonly order: 'sign-out' }
  /** Sends a person to the page that this is answered with, and waits for the address at which that person arrives. */
  | { readonly order: 'begin-consent'; readonly redirectUri: string }
  | { readonly order: 'finish-consent'; readonly url: string }
  /** Uses the account's refresh token if it would end within this time. */
  | { readonly order: 'keep-alive'; readonly withinMs: number }

/** What a member's callers met. */
export interface Answer {
  /** Codes of the errors, or `status 401`, of those who did not get what they asked for. */
  readonly failures: readonly string[]
  /** What the errors said. */
  readonly sentences: readonly string[]
  /** The generation that the process holds when all is settled. */
  readonly generation: number | undefined
}

/** What is left to happen in a member. */
export interface Quiet {
  /** Milliseconds to its next timer. */
  readonly nextTimerMs: number | undefined
}

/** Where a person is sent to agree. */
export interface Page {
  readonly page: string
}

/** What an order is answered with. */
export type Result = Answer | Quiet | Page

/** What a member says. */
export type Report =
  | { readonly report: 'done'; readonly id: number; readonly result?: Result | undefined }
  | { readonly report: 'failed'; readonly id: number; readonly why: string }
  | { readonly report: 'reached'; readonly point: Point }
  | { readonly report: 'event'; readonly type: string }
