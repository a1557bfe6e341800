/**
 * The ends asked for in a turn's calls. Where the client chooses when a token ends, that end is what the token is found
 * by if the answer with it gets lost, so each one is kept until it is known what became of it.
 */
export interface Labels {
  /** From a claim that was taken over: its answer may still come. */
  readonly inherited: readonly number[]
  /** Of calls of this process. */
  readonly own: Set<number>
  /** Those for which nothing is left to do: the answer came, no token was made, or it was revoked. */
  readonly settled: Set<number>
}

export function labelsOf(inherited: readonly number[] = [], own: readonly number[] = []): Labels {
  return { inherited, own: new Set(own), settled: new Set() }
}

/** All that are still open, those of others first. */
export function openLabels({ inherited, own, settled }: Labels): readonly number[] {
  return [...inherited, ...own].filter((label) => !settled.has(label))
}

/** This process's own that are still open. */
export function openOwn({ own, settled }: Labels): readonly number[] {
  return [...own].filter((label) => !settled.has(label))
}

/** The same, after somebody put a claim with labels over ours. */
export function withInherited({ own, settled }: Labels, inherited: readonly number[] = []): Labels {
  return { inherited: inherited.filter((label) => !own.has(label)), own, settled }
}
