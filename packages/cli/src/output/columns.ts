import { cells } from './fit.ts'

/** One column of a table. */
export interface Column {
  readonly width: number
  /** Numbers are aligned on the right. */
  readonly right?: boolean
}

const INDENT = 2
const GAP = 2

/** One line of a table: cells in their columns, two spaces between. A cell that is too long moves the rest. */
export function columns(layout: readonly Column[], row: readonly string[]): string {
  const padded = row.map((cell, index) => {
    const { width = 0, right = false } = layout[index] ?? {}
    const gap = ' '.repeat(Math.max(0, width - cells(cell)))
    return right ? gap + cell : cell + gap
  })
  return `${' '.repeat(INDENT)}${padded.join(' '.repeat(GAP))}`.trimEnd()
}

/** How wide a table of these columns is. */
export function widthOfColumns(layout: readonly Column[]): number {
  return layout.reduce((total, { width }) => total + width, INDENT + GAP * (layout.length - 1))
}
