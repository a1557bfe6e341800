/** What a sealed text belongs to. */
export interface SealContext {
  /**
   * The store's key of the record. It has to be bound to the sealed text as additional data, so that a record that was
   * moved to another tenant's place does not open there.
   */
  readonly key: string
}

/**
 * Hides and authenticates what a store writes. `createSealer` makes one from keys in memory; a key management service
 * can be behind one of your own.
 *
 * @example
 * const sealer: Sealer = {
 *   seal: (text, { key }) => kms.encrypt(text, { context: { key } }),
 *   open: (sealed, { key }) => kms.decrypt(sealed, { context: { key } }).catch(undefinedIfRefused),
 * }
 */
export interface Sealer {
  /** Encrypts a text, bound to the key of its record: it opens nowhere else. */
  seal(text: string, context: SealContext): Promise<string>
  /**
   * `undefined`: this does not open (another key, another record's text, or damage). An error: it could not be tried.
   * In neither case is the record overwritten.
   */
  open(sealed: string, context: SealContext): Promise<string | undefined>
  /** Was this sealed with the key that seals now? Lets `rotateKey` pass over what is done. @default never */
  isCurrent?(sealed: string): boolean
}
