/** What the library does with a single-use refresh token whose answer was lost: send it once more, or never. */
export type ResendUnknown = 'once' | 'never'

/** What a process needs to open the accounts of all sellers. */
export interface Settings {
  /** The simulated provider. */
  readonly server: string
  readonly clientId: string
  readonly clientSecret: string
  readonly redis: string
  /** Begins the names of this run's records. */
  readonly prefix: string
  readonly sealingKey: string
  readonly resendUnknown: ResendUnknown
  readonly sellers: readonly string[]
  /** Tells the provider which process sends a request. */
  readonly name: string
}
