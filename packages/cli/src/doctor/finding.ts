import { isChaveiroError } from '@chaveiro/core'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'

/** What one check found. */
export interface Finding {
  /** What was checked: `clock`, `dns`. The same in every language. */
  readonly check: string
  readonly ok: boolean
  /** What was seen. */
  readonly detail: string
  /** How to fix it; `null` where nothing is wrong. Beside `ok` it is a warning: what to do before something is wrong. */
  readonly remedy: string | null
}

export function fine(check: string, detail: string): Finding {
  return { check, ok: true, detail, remedy: null }
}

/** Nothing is wrong yet. */
export function warning(check: string, detail: string, remedy: string): Finding {
  return { check, ok: true, detail, remedy }
}

export function trouble(check: string, detail: string, remedy: string): Finding {
  return { check, ok: false, detail, remedy }
}

/** Runs a check. What it throws is a finding too, because doctor has to survive what it diagnoses. */
export async function surviving(
  session: Session,
  check: string,
  remedy: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look()
  } catch (error) {
    const isMisuse = error instanceof Failure && error.exit === EXIT.usage
    if (session.interruption.signal.aborted || isMisuse) throw error
    return [trouble(check, sentenceOf(error), remedy)]
  }
}

/** Our own errors can be shown whole; of any other only its code, and the path that it names. */
export function sentenceOf(error: unknown): string {
  if (isChaveiroError(error) || error instanceof Failure) return error.message
  const path = error instanceof Error && 'path' in error ? `${String(error.path)}: ` : ''
  return `${path}${codeOf(error)}`
}

/** The code of a system's or a network's error, looked for also in its causes. */
export function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code
  }
  return error instanceof Error ? error.name : 'unknown'
}
