import type { Mutation } from './mutation.ts'

/** What became of one mutation. */
export interface Row {
  readonly mutation: Mutation
  readonly caughtBy: string
  /** The invariants that the model saw broken; `undefined` where it was not asked. */
  readonly invariants: readonly number[] | undefined
  readonly isCaught: boolean
}

/** `docs/reports/mutations.md`. */
export function page(rows: readonly Row[]): string {
  const lines = rows.map(({ mutation: { name, breaks, file }, caughtBy, invariants }) =>
    row([name, breaks, `\`${file}\``, caughtBy, inWords(invariants)]),
  )
  return [
    '# Mutations',
    '',
    'Each line is a way in which the code was broken on purpose, and the first test that noticed. Written by',
    '`npx --yes pnpm@12.21.0 mutations`, which fails when a mutation survives, or when the text that it changes is no longer',
    'there. A mutation counts as caught only if a test fails with it that passes without it in the same run; a time-out does',
    'not count. The tests of a mutation run one after the other, so the first to notice is the same each time. The last',
    'column is what the model of the engine ([packages/core/test/model](../../packages/core/test/model)) says of it: each of its',
    'ten invariants is broken by a mutation, so none of them holds only because no test looks.',
    '',
    row(['mutation', 'what a user would suffer', 'in', 'caught by', 'the model']),
    row(['---', '---', '---', '---', '---']),
    ...lines,
    '',
  ].join('\n')
}

/** What the model said, for the table and the terminal. */
export function inWords(invariants: readonly number[] | undefined): string {
  if (invariants === undefined) return ''
  return invariants.length === 0 ? 'sees nothing' : `invariant ${invariants.join(', ')}`
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}
