/** A row about accounts that have nothing in common but their provider. Each has a test in `many-accounts`. */
export interface MarketRow {
  readonly goesWrong: string
  readonly promised: string
}

export const MANY_ACCOUNTS = {
  F28: {
    goesWrong: 'The token calls of three tenants always end in 500. Others ask every 5 s, for 6 hours.',
    promised: 'No healthy tenant is refused.',
  },
  F29: {
    goesWrong: 'The token calls of eighteen tenants always end in 500, those of one never find a connection.',
    promised: 'No healthy tenant is refused.',
  },
  F30: {
    goesWrong: 'Three tenants that were well fail with 500 from then on.',
    promised: 'Healthy tenants may be refused until the first probe, and never again.',
  },
  F31: {
    goesWrong: 'The provider cannot be reached for 20 minutes. 500 accounts ask all the time.',
    promised:
      'All are well within 60 s of the first call that succeeds. Never more than 8 calls at once; no second has more than twice the mean of that minute.',
  },
  F32: {
    goesWrong: 'The same, with 503 as the answer to everything.',
    promised: 'The same.',
  },
  F33: {
    goesWrong: 'The endpoint answers 429 with `Retry-After: 300` to each of 500 accounts.',
    promised: 'At most 20 calls within those 300 s.',
  },
  F34: {
    goesWrong: "An account's answer is lost, and others push it out of memory (`maxAccounts`) again and again.",
    promised: "Its refresh token is sent once with `'never'`, and at most twice with `'once'`.",
  },
  F35: {
    goesWrong: 'More answers are lost than `maxAccounts` lets the process remember accounts.',
    promised:
      "Each refresh token is sent once with `'never'`, and at most twice with `'once'`. New accounts may be refused.",
  },
} as const satisfies Readonly<Record<string, MarketRow>>
