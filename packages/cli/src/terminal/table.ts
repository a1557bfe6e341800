import { cells } from './fit.ts'

/** A table whose rows are known. */
export interface Table {
  readonly titles: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Paints the titles. */
  readonly dim: (text: string) => string
  /** How many cells of a row name it: the first line of it where the table is stacked. @default 1 */
  readonly names?: number
}

/** What a cell without a value shows. */
export const NOTHING = '–'

/**
 * The lines of a table. Where it is too wide, columns without a value are dropped; where that is not enough, each row
 * becomes a block of lines.
 */
export function table(whole: Table, width: number | undefined): string[] {
  for (const candidate of [whole, withoutEmptyColumns(whole)]) {
    const layout = candidate.titles.map((title, index) => ({
      width: Math.max(cells(title), ...candidate.rows.map((row) => cells(row[index] ?? ''))),
    }))
    if (width !== undefined && widthOfColumns(layout) > width) continue
    const titles = candidate.titles.map((title) => whole.dim(title))
    return [titles, ...candidate.rows].map((row) => columns(layout, row))
  }
  return stacked(whole)
}

function withoutEmptyColumns({ titles, rows, ...rest }: Table): Table {
  const isFull = titles.map((_, index) => rows.some((row) => hasValue(row[index])))
  const full = (row: readonly string[]): string[] => row.filter((_, index) => isFull[index])
  return { ...rest, titles: full(titles), rows: rows.map(full) }
}

function stacked({ titles, rows, dim, names = 1 }: Table): string[] {
  const labels = titles.slice(names)
  const layout = [{ width: 0 }, { width: Math.max(0, ...labels.map(cells)) }]
  return rows.flatMap((row, at) => [
    ...(at === 0 ? [] : ['']),
    columns([], [row.slice(0, names).join('  ')]),
    ...labels.flatMap((label, index) => {
      const value = row[names + index]
      return hasValue(value) ? [columns(layout, ['', dim(label), value])] : []
    }),
  ])
}

function hasValue(cell: string | undefined): cell is string {
  return cell !== undefined && cell !== '' && cell !== NOTHING
}

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
