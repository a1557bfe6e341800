/** What a check came to, as Jest and vitest take it from a matcher. */
export interface Verdict {
  /** Is it as the matcher says? */
  readonly pass: boolean
  /** What is wrong, or with `.not`, what should not be so. */
  readonly message: () => string
}
