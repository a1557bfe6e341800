import { isObject } from './brands.ts'
/** What policies remember of an account, under one key each. Plain JSON: a shared keeper writes it with the token. */
export type Notes = Readonly<Record<string, unknown>>

/** Notes that are being changed. */
export type OpenNotes = Record<string, unknown>

/** Shared by all accounts that have none. */
export const NO_NOTES: Notes = /* @__PURE__ */ Object.freeze({})

/** One policy's place in the notes. A value that is not of its shape counts as absent: another version wrote it. */
export interface Note<T> {
  of(notes: Notes): T | undefined
  put(notes: OpenNotes, value: T | undefined): void
}

export function note<T>(key: string, isNote: (value: unknown) => value is T): Note<T> {
  return {
    of: ({ [key]: value }) => (isNote(value) ? value : undefined),
    put(notes, value) {
      if (value === undefined) delete notes[key]
      else notes[key] = value
    },
  }
}

/** The notes without those that are `undefined`. */
export function definedNotes(notes: Notes): Notes {
  const entries = Object.entries(notes).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? NO_NOTES : Object.fromEntries(entries)
}

/** For the shapes of notes: is it an object with fields? */
export function isFields(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Array.isArray(value)
}

/** For the shapes of notes: a list whose items all are `T`. */
export function isListOf<T>(isItem: (value: unknown) => value is T): (value: unknown) => value is T[] {
  return (value): value is T[] => Array.isArray(value) && value.every(isItem)
}

// ECMA-262 §21.4.1.1: what lies beyond is not an instant, and would count as an end that never comes.
const LAST_INSTANT = 8.64e15

export function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LAST_INSTANT
}
