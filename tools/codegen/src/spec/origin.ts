import type { KeyPath } from './json.ts'

/** A part of an expansion, and what in the document it was written from. */
export interface Origin {
  readonly written: KeyPath
  readonly from: KeyPath
}

/** Where in the document that the author wrote a place of the expansion comes from. */
export function originOf(origins: readonly Origin[], at: KeyPath): KeyPath | undefined {
  const around = origins.filter(({ written }) => written.every((key, index) => key === at[index]))
  const nearest = around.sort((one, other) => other.written.length - one.written.length)[0]
  return nearest && [...nearest.from, ...rest(nearest, at)]
}

/** What was taken over word by word is placed to the last key. */
function rest({ written, from }: Origin, at: KeyPath): KeyPath {
  return written.at(-1) === from.at(-1) ? at.slice(written.length) : []
}
