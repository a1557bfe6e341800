import type { Colours } from '../output/colours.ts'
import { type Column, columns } from '../output/columns.ts'
import type { Counts } from './act.ts'
import type { Audience } from './simulated-demo.ts'

const COLUMNS: readonly Column[] = [
  { width: 46 },
  { width: 8, right: true },
  { width: 27 },
  { width: 9, right: true },
  { width: 6, right: true },
  { width: 20 },
]
const TITLES = ['what happens', 'requests', 'token calls', 'API calls', 'time', 'outcome']

/** The demo for people: a table for each act, which grows by a row when a scene has been played. */
export function demoTable(out: NodeJS.WritableStream, colours: Colours): Audience {
  const print = (...cells: readonly string[]): void => void out.write(`${columns(COLUMNS, cells)}\n`)
  out.write(`\n  ${colours.bold('Chaveiro')}: one line gives a valid token.\n`)
  return {
    opened({ title, url }) {
      out.write(`\n  ${colours.bold(title)}, simulated on ${url.origin}\n\n`)
      print(...TITLES.map((name) => colours.dim(name)))
    },
    played({ title, ok, requests, measured, expected, ms, outcome }) {
      print(
        `${ok ? colours.green('✓') : colours.red('✗')} ${title}`,
        count(requests),
        tokenCalls(measured),
        count(measured.apiCalls),
        ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`,
        ok ? outcome : `${outcome} ${colours.red(`expected ${describe(expected)}`)}`,
      )
    },
    ended({ ok, requests, tokenCalls: calls, acts }) {
      const all = acts.flatMap(({ scenes }) => scenes)
      const wrong = all.filter((scene) => !scene.ok).length
      const verdict = ok ? 'Nothing was lost.' : `${wrong} of ${all.length} scenes went wrong.`
      out.write(`\n  ${count(requests)} requests, ${calls} token calls. ${verdict}\n\n`)
    },
  }
}

function describe(counts: Counts): string {
  return `${tokenCalls(counts)}, ${counts.apiCalls} API calls`
}

function tokenCalls({ tokenCalls: calls }: Counts): string {
  const parts = Object.entries(calls).map(([word, value]) => `${value} ${word}`)
  return parts.length === 0 ? '–' : parts.join(', ')
}

function count(value: number): string {
  return value === 0 ? '–' : String(value).replace(/\B(?=(\d{3})+$)/g, ' ')
}
