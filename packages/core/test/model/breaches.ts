/** The ten invariants of the token engine, as docs/decisions/model-of-the-engine.md explains them. */
const INVARIANTS = {
  1: 'a caller never gets a token of another key',
  2: 'one flight per key and process, one sender per key and fleet unless a claim was abandoned',
  3: 'a refresh token that was replaced, or may be, is sent again at most once by all, last, visibly, and only if it may',
  4: 'a generation that a caller has seen is in the store, or `persisted` says false',
  5: 'generations of a lineage only grow, and a lineage never returns',
  6: 'an abort of one caller changes nothing for another',
  7: 'no failure deletes a token, asks for a person in vain, or shuts out another account',
  8: 'one replay for each request after a 401, nothing applied twice, and no call before a pause is over',
  9: 'no promise rejects unhandled, and nothing outlives close()',
  10: 'no secret appears in anything that can be printed, or goes where a redirect leads',
} as const

type Invariant = keyof typeof INVARIANTS

/** Where the rules report what must not be. */
export interface Breaches {
  report(invariant: Invariant, what: string): void
  /** Something that happened, for the developer who has to find out why. */
  note(what: string): void
  /** Throws when anything was reported. */
  verify(): void
}

export function breaches(): Breaches {
  const found: string[] = []
  const trace: string[] = []
  return {
    note: (what) => void trace.push(what),
    report: (invariant, what) => void found.push(`[invariant ${invariant}: ${INVARIANTS[invariant]}] ${what}`),
    verify() {
      if (found.length > 0) throw new Error([...found.slice(0, 3), 'What happened:', ...trace].join('\n'))
    },
  }
}
