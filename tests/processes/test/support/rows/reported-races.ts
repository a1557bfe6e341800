/** A race that people report of a provider. Each has a test in `reported-races`. */
export interface ReportedRace {
  readonly provider: string
  readonly goesWrong: string
  readonly promised: string
}

export const REPORTED_RACES = {
  F36: {
    provider: 'Mercado Livre',
    goesWrong: "A webhook and a cron job refresh a seller's single-use refresh token at once.",
    promised: 'One refresh. Both go on with its token, and no refresh token is sent twice.',
  },
  F37: {
    provider: 'Tiny',
    goesWrong:
      'No one uses the account from Friday evening to Monday morning, and a refresh token ends after a day unused. One of two processes calls `keepAlive` every 8 hours.',
    promised: 'Both go on.',
  },
  F38: {
    provider: 'Tiny',
    goesWrong: 'The same, and no process calls `keepAlive`.',
    promised:
      'Both get `reauthorization-required`, which says when the refresh token ended. No call is made. Both go on once a person has agreed again.',
  },
  F39: {
    provider: 'Bling',
    goesWrong:
      'An older deployment without Chaveiro refreshes after the new one, with the refresh token that was replaced. Bling refuses that token.',
    promised: 'Both processes of the new one go on.',
  },
  F40: {
    provider: 'Bling',
    goesWrong:
      'An older deployment refreshes at the same moment, and comes first. Bling refuses the token that comes second.',
    promised:
      'The token in hand serves to its end, then both get `reauthorization-required`. Both go on once the pair of the older deployment is handed over with `seed()`: no person is needed.',
  },
  F41: {
    provider: 'Bling',
    goesWrong: 'Either of these, and Bling ends the connection because a refresh token came twice.',
    promised: 'Both get `reauthorization-required`, after one call. Both go on once a person has agreed again.',
  },
} as const satisfies Readonly<Record<string, ReportedRace>>
