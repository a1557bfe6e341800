/** What one look came to. */
export interface Finding {
  /** What was looked at: `clock`, `dns`. The same in every language. */
  readonly check: string
  readonly ok: boolean
  /** What was seen. */
  readonly detail: string
  /** What to do about it; `null` where nothing is wrong. */
  readonly remedy: string | null
}

export function fine(check: string, detail: string): Finding {
  return { check, ok: true, detail, remedy: null }
}

export function trouble(check: string, detail: string, remedy: string): Finding {
  return { check, ok: false, detail, remedy }
}

/** The code of a system's or a network's error, looked for also in its causes. */
export function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code
  }
  return error instanceof Error ? error.name : 'unknown'
}
