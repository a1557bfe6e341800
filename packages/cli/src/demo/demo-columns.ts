import type { Language } from '../messages/language.ts'
import { cells } from '../terminal/fit.ts'
import { type Column, widthOfColumns } from '../terminal/table.ts'
import type { Counts, Scene } from './act.ts'

/** A column of the demo. `tokenCalls` says how often which call was made, `tokenCallCount` how many there were. */
export type DemoColumn = 'title' | 'requests' | 'tokenCalls' | 'tokenCallCount' | 'apiCalls' | 'time' | 'outcome'

// From the widest to the narrowest: the first one that fits is shown.
const CHOICES: readonly (readonly DemoColumn[])[] = [
  ['title', 'requests', 'tokenCalls', 'apiCalls', 'time', 'outcome'],
  ['title', 'requests', 'tokenCalls', 'apiCalls', 'time'],
  ['title', 'requests', 'tokenCallCount', 'apiCalls', 'time'],
  ['title', 'requests', 'tokenCallCount', 'time'],
  ['title', 'requests', 'tokenCallCount'],
  ['title', 'tokenCallCount'],
]

const RIGHT: readonly DemoColumn[] = ['requests', 'tokenCallCount', 'apiCalls', 'time']
const TIME = 6
// `credentials-rejected`
const OUTCOME = 20
const MARK = 2

/** The columns that a table of these scenes has in that width, and how wide each is. */
export function demoColumns(
  scenes: readonly Pick<Scene, 'title' | 'expect'>[],
  titles: Readonly<Record<DemoColumn, string>>,
  language: Language,
  width: number,
): { readonly names: readonly DemoColumn[]; readonly layout: readonly Column[] } {
  const widest = (column: DemoColumn, values: readonly string[]): number =>
    Math.max(...titles[column].split('\n').map(cells), ...values.map(cells))
  const widths: Readonly<Record<DemoColumn, number>> = {
    title:
      MARK +
      widest(
        'title',
        scenes.map(({ title }) => title),
      ),
    requests: widest(
      'requests',
      scenes.map(({ expect }) => count(expect.callers, language)),
    ),
    tokenCalls: widest(
      'tokenCalls',
      scenes.map(({ expect }) => tokenCalls(expect)),
    ),
    tokenCallCount: widest(
      'tokenCallCount',
      scenes.map(({ expect }) => count(tokenCallCount(expect), language)),
    ),
    apiCalls: widest(
      'apiCalls',
      scenes.map(({ expect }) => count(expect.apiCalls, language)),
    ),
    time: Math.max(TIME, widest('time', [])),
    outcome: Math.max(OUTCOME, widest('outcome', [])),
  }
  const choices = CHOICES.map((names) => ({
    names,
    layout: names.map((name) => ({ width: widths[name], right: RIGHT.includes(name) })),
  }))
  const fitting = choices.find(({ layout }) => widthOfColumns(layout) <= width) ?? choices.at(-1)
  return fitting ?? { names: [], layout: [] }
}

export function tokenCalls({ tokenCalls: calls }: Pick<Counts, 'tokenCalls'>): string {
  const parts = Object.entries(calls).map(([word, value]) => `${value} ${word}`)
  return parts.length === 0 ? '–' : parts.join(', ')
}

export function tokenCallCount({ tokenCalls: calls }: Pick<Counts, 'tokenCalls'>): number {
  return Object.values(calls).reduce((total, value) => total + value, 0)
}

export function count(value: number, language: Language): string {
  return value === 0 ? '–' : new Intl.NumberFormat(language, { useGrouping: 'always' }).format(value)
}
