import type { TalkTexts } from '../language/talk.en.ts'
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

/** The demo for people: a table for each act, which grows by a row when a scene has been played. */
export function demoTable(
  out: NodeJS.WritableStream,
  colours: Colours,
  words: TalkTexts['demo'],
  /** By their own titles, in another language. */
  scenes: Readonly<Record<string, string>> = {},
): Audience {
  const print = (...cells: readonly string[]): void => void out.write(`${columns(COLUMNS, cells)}\n`)
  out.write(`\n  ${colours.bold('Chaveiro')}: ${words.promise}\n`)
  return {
    opened({ title, url }) {
      out.write(`\n  ${words.simulated(colours.bold(title), url.origin)}\n\n`)
      print(...words.titles.map((name) => colours.dim(name)))
    },
    played({ title, ok, requests, measured, expected, ms, outcome }) {
      print(
        `${ok ? colours.green('✓') : colours.red('✗')} ${scenes[title] ?? title}`,
        count(requests),
        tokenCalls(measured),
        count(measured.apiCalls),
        ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`,
        ok ? outcome : `${outcome} ${colours.red(words.expected(tokenCalls(expected), expected.apiCalls))}`,
      )
    },
    ended({ ok, requests, tokenCalls: calls, acts }) {
      const all = acts.flatMap(({ scenes }) => scenes)
      const wrong = all.filter((scene) => !scene.ok).length
      const verdict = ok ? words.nothingLost : words.wentWrong(wrong, all.length)
      out.write(`\n  ${words.total(count(requests), calls)} ${verdict}\n\n`)
    },
  }
}

function tokenCalls({ tokenCalls: calls }: Counts): string {
  const parts = Object.entries(calls).map(([word, value]) => `${value} ${word}`)
  return parts.length === 0 ? '–' : parts.join(', ')
}

function count(value: number): string {
  return value === 0 ? '–' : String(value).replace(/\B(?=(\d{3})+$)/g, ' ')
}
