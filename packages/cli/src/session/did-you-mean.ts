import type { Texts } from '../messages/texts.ts'

/** ` Did you mean bitize?`, for the middle of a sentence; empty where nothing is near. */
export function didYouMean(word: string, known: readonly string[], { messages }: Texts): string {
  const meant = nearest(word, known)
  return meant === undefined ? '' : messages.didYouMean(meant)
}

/** The word that was probably meant; `undefined` where nothing is near. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase()
  const near = known
    .map((candidate) => ({ candidate, distance: distanceOf(typed, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= allowed(candidate) || isBeginning(typed, candidate))
    .sort((a, b) => a.distance - b.distance)
  return near[0]?.candidate
}

/** A third of the word, as commander allows for commands. */
function allowed(candidate: string): number {
  return Math.max(1, Math.floor(candidate.length / 3))
}

function isBeginning(typed: string, candidate: string): boolean {
  return typed.length >= 3 && candidate.toLowerCase().startsWith(typed)
}

/** How many letters were forgotten, added, mistyped or exchanged with their neighbour (Damerau and Levenshtein). */
function distanceOf(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const change = from[i - 1] === to[j - 1] ? 0 : 1
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      row[j] = Math.min(
        at(rows, i - 1, j) + 1,
        (row[j - 1] ?? 0) + 1,
        at(rows, i - 1, j - 1) + change,
        isSwap ? at(rows, i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    rows[i] = row
  }
  return at(rows, from.length, to.length)
}

function at(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? Number.POSITIVE_INFINITY
}
