/** The calls that are measured. */
export type CaseName = 'memory' | 'shared' | 'rejected'

/** One measured call, and the most files that it may enter. */
export interface Case {
  readonly name: CaseName
  readonly title: string
  readonly atMost: number
}

export const CASES: readonly Case[] = [
  { name: 'memory', title: 'a cold `getToken()`, one process', atMost: 32 },
  { name: 'shared', title: 'a cold `getToken()`, a shared store', atMost: 38 },
  { name: 'rejected', title: 'a `fetch` whose first token the API rejects with a 401', atMost: 45 },
]
