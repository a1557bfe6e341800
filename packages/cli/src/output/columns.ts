/** One column of a table. */
export interface Column {
  readonly width: number
  /** Numbers stand on the right. */
  readonly right?: boolean
}

/** One line of a table: cells in their columns, two spaces between. What is too long keeps its text and moves the rest. */
export function columns(layout: readonly Column[], cells: readonly string[]): string {
  const padded = cells.map((cell, index) => {
    const { width = 0, right = false } = layout[index] ?? {}
    const gap = ' '.repeat(Math.max(0, width - visibleLength(cell)))
    return right ? gap + cell : cell + gap
  })
  return `  ${padded.join('  ')}`.trimEnd()
}

// Colours take no room. The escape is built, because a control character in a pattern reads like a slip.
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')

const CHARACTERS = new Intl.Segmenter()

/** How many cells of a terminal a text takes. */
export function visibleLength(text: string): number {
  return [...CHARACTERS.segment(text.replace(COLOUR, ''))].length
}
