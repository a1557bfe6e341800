import { definedNotes, type Notes } from '../notes.ts'

/**
 * Our notes, and those that another process has added since the turn began. Lists are joined, for example the expiries
 * that each has requested.
 */
export function mergedNotes(before: Notes, ours: Notes, theirs: Notes): Notes {
  const merged: Record<string, unknown> = { ...ours }
  for (const [key, value] of Object.entries(theirs)) {
    if (JSON.stringify(value) === JSON.stringify(before[key])) continue
    const own = merged[key]
    if (Array.isArray(value) && Array.isArray(own)) {
      const known = new Set(own.map((item) => JSON.stringify(item)))
      merged[key] = [...own, ...value.filter((item) => !known.has(JSON.stringify(item)))]
    } else if (own === undefined || JSON.stringify(own) === JSON.stringify(before[key])) merged[key] = value
  }
  return definedNotes(merged)
}
