import { keysOf, type Tally } from './tally.ts'

const HEADINGS: Readonly<Record<keyof Tally, string>> = {
  lifetimes: 'lifetimes',
  calls: 'calls',
  abandoned: 'abandoned',
  cutOff: 'cut off',
  resent: 're-sent',
  reuse: 'reuse',
  lost: 'lost',
  ended: 'ended',
  failed: 'failed',
  failedInOutage: 'in outage',
}

const LEGEND = `
lifetimes  token lifetimes that the account lived through, with every process asking in each
calls      token calls that reached the provider, also those whose sender died
abandoned  turns whose holder was killed or suspended before its result was stored
cut off    of those, the ones whose call had reached the provider
re-sent    old refresh tokens sent once more because the answer seemed lost; each is an event
reuse      spent refresh tokens that came back, as the provider counts them
lost       times when the account had no way to a token left but a person's sign-in
ended      token families that the provider ended, because a spent refresh token came back
failed     callers of living processes that got no token, or a 401, while the store was there
in outage  the same while the store was away
`

/** A row of the table: which run, what went wrong in it, and what it came to. */
export interface Row {
  readonly run: string
  readonly fault: string
  readonly tally: Tally
}

/** The figures as aligned text, and what each of them is. */
export function table(rows: readonly Row[]): string {
  const [first] = rows
  if (first === undefined) return ''
  const keys = keysOf(first.tally)
  const lines = [
    ['store, inputs', 'what went wrong', ...keys.map((key) => HEADINGS[key])],
    ...rows.map(({ run, fault, tally }) => [run, fault, ...keys.map((key) => String(tally[key]))]),
  ]
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  const text = lines.map((line) =>
    line
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  )
  return `\n${text.join('\n')}\n${LEGEND}`
}
