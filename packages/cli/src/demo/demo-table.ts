import type { Language } from '../messages/language.ts'
import type { Texts } from '../messages/texts.ts'
import type { Colours } from '../terminal/colours.ts'
import { fit } from '../terminal/fit.ts'
import { columns } from '../terminal/table.ts'
import { count, type DemoColumn, demoColumns, tokenCallCount, tokenCalls } from './demo-columns.ts'
import type { Audience, ScenePlayed } from './play.ts'

/** How the table looks. */
export interface DemoLook {
  readonly colours: Colours
  readonly texts: Pick<Texts, 'language' | 'messages'>
  readonly width: number
  /** The titles of the scenes in another language. */
  readonly scenes?: Readonly<Record<string, string>> | undefined
  /** Shows that a scene is being played; returns what takes that away again. */
  readonly spin: (text: string) => () => void
}

/** The demo for people: a table for each act, which grows by a row when a scene has been played. */
export function demoTable(
  out: NodeJS.WritableStream,
  { colours, texts, width, scenes = {}, spin }: DemoLook,
): Audience {
  const { language } = texts
  const words = texts.messages.demo
  const titleOf = (title: string): string => scenes[title] ?? title
  const print = (text: string): void => void out.write(`${fit(text, width)}\n`)
  let shown: ReturnType<typeof demoColumns> = { names: [], layout: [] }
  let still = (): void => {}
  print(`\n  ${colours.bold('Chaveiro')}: ${words.promise}`)
  return {
    opened({ title, url, scenes }) {
      const named = scenes.map((scene) => ({ ...scene, title: titleOf(scene.title) }))
      shown = demoColumns(named, words.titles, language, width)
      print(`\n  ${words.simulated(colours.bold(title), url.origin)}\n`)
      for (const cells of headings(shown.names.map((name) => words.titles[name]))) {
        out.write(
          `${columns(
            shown.layout,
            cells.map((cell) => colours.dim(cell)),
          )}\n`,
        )
      }
    },
    playing({ title }) {
      still = spin(titleOf(title))
    },
    played(scene) {
      still()
      const row = rowOf({ ...scene, title: titleOf(scene.title) }, colours, language)
      out.write(
        `${columns(
          shown.layout,
          shown.names.map((name) => row[name]),
        )}\n`,
      )
      const { ok, outcome, expected } = scene
      if (!ok) print(`    ${outcome}: ${colours.red(words.expected(tokenCalls(expected), expected.apiCalls))}`)
    },
    interrupted: () => still(),
    ended({ ok, requests, tokenCalls: calls, acts }) {
      const all = acts.flatMap(({ scenes }) => scenes)
      const wrong = all.filter((scene) => !scene.ok).length
      const verdict = ok ? words.nothingLost : words.wentWrong(wrong, all.length)
      print(`\n  ${words.total(count(requests, language), count(calls, language))} ${verdict}\n`)
    },
  }
}

function rowOf(
  { title, ok, requests, measured, ms, outcome }: ScenePlayed,
  colours: Colours,
  language: Language,
): Readonly<Record<DemoColumn, string>> {
  const seconds = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return {
    title: `${ok ? colours.green('✓') : colours.red('✗')} ${title}`,
    requests: count(requests, language),
    tokenCalls: tokenCalls(measured),
    tokenCallCount: count(tokenCallCount(measured), language),
    apiCalls: count(measured.apiCalls, language),
    time: ms < 1_000 ? `${ms} ms` : `${seconds.format(ms / 1_000)} s`,
    outcome,
  }
}

/** Titles of one or two lines, the last line of each beside the others. */
function headings(titles: readonly string[]): string[][] {
  const lines = titles.map((title) => title.split('\n'))
  const height = Math.max(0, ...lines.map(({ length }) => length))
  return Array.from({ length: height }, (_, row) => lines.map((cell) => cell[row - height + cell.length] ?? ''))
}
