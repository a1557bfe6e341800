import { type Language, linesOf, verdict } from './lines.ts'
import type { Step } from './messages.ts'

/** A step, and when the program printed it. */
export interface SeenStep {
  readonly step: Step
  /** Seconds since it began. */
  readonly atS: number
}

// The wait of a minute or two becomes one of seconds; what happens in which order, and all numbers, stay.
const SHOWN_FOR_S = 12
const TYPED_AFTER_S = 0.6
const STAYS_FOR_S = 6
const LINE_PX = 22
const LEFT_PX = 22
const TOP_PX = 62
const CHARACTER_PX = 8.43
const COLUMNS = 79
const USUAL_SELLERS = 3_000

const WORDS = {
  en: {
    title: 'A run of the proof in a terminal',
    command: 'npx --yes pnpm@12.21.0 proof',
  },
  'pt-BR': {
    title: 'Uma execução da prova em um terminal',
    command: 'npx --yes pnpm@12.21.0 proof --lang pt-BR',
  },
} as const

interface Line {
  readonly text: string
  /** Seconds into the animation. */
  readonly atS: number
}

/** An animated terminal with what a run printed, as an SVG that asks for nothing: no script, no font, no other file. */
export function drawRun(seen: readonly SeenStep[], language: Language): string {
  const { title, command: usual } = WORDS[language]
  const [began] = seen
  // The command has to be the one that leads to what is shown.
  const isUsual = began?.step.step !== 'began' || began.step.sellers === USUAL_SELLERS
  const command = isUsual ? usual : `${usual} --sellers ${began.step.sellers}`
  const whole = Math.max(...seen.map(({ atS }) => atS), 1)
  const begin = TYPED_AFTER_S + command.length * 0.03
  const shown: Line[] = seen.flatMap(({ step, atS }) =>
    linesOf(step, language).map((text) => ({ text, atS: begin + 0.3 + (atS / whole) * SHOWN_FOR_S })),
  )
  const last = { text: verdict(true, language).trim(), atS: begin + 0.9 + SHOWN_FOR_S }
  const lines = [...shown, { text: '', atS: last.atS }, { ...last, text: `  ${last.text}` }]
  const duration = last.atS + STAYS_FOR_S
  const width = Math.ceil(2 * LEFT_PX + COLUMNS * CHARACTER_PX)
  const height = TOP_PX + (lines.length + 2) * LINE_PX
  const all = [{ text: `$ ${command}`, atS: TYPED_AFTER_S }, ...lines]
  const rows = all.map(({ text, atS }, index) => row(text, TOP_PX + index * LINE_PX, atS / duration, index === 0))
  const description = all.map(({ text }) => text.trim()).filter(Boolean)
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title id="title">${escaped(title)}</title>
<desc id="desc">${escaped(description.join('\n'))}</desc>
<style>
${STYLE}
.row { opacity: 0; animation: ${number(duration)}s step-end infinite; }
${[...new Set(rows.map(({ keyframes }) => keyframes))].join('\n')}
@media (prefers-reduced-motion: reduce) { .row { opacity: 1; animation: none; } }
@media print { .row { opacity: 1; animation: none; } }
</style>
<rect class="window" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>
<circle class="light" cx="22" cy="21" r="6"/><circle class="light" cx="42" cy="21" r="6"/><circle class="light" cx="62" cy="21" r="6"/>
${rows
  .map(({ markup }) => markup)
  .filter(Boolean)
  .join('\n')}
</svg>
`
}

const STYLE = `.window { fill: #f6f8fa; stroke: #d0d7de; }
.light { fill: #d0d7de; }
text { fill: #1f2328; font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; }
.good { fill: #1a7f37; font-weight: bold; }
.bad { fill: #cf222e; font-weight: bold; }
.quiet { fill: #59636e; }
@media (prefers-color-scheme: dark) {
  .window { fill: #0d1117; stroke: #3d444d; }
  .light { fill: #3d444d; }
  text { fill: #f0f6fc; }
  .good { fill: #3fb950; }
  .bad { fill: #f85149; }
  .quiet { fill: #9198a1; }
}`

function row(text: string, y: number, at: number, isCommand: boolean): { markup: string; keyframes: string } {
  const percent = Math.round(at * 1000) / 10
  const name = `from-${String(percent).replace('.', '-')}`
  const keyframes = `@keyframes ${name} { 0% { opacity: 0; } ${percent}% { opacity: 1; } }`
  if (text.trim() === '') return { markup: '', keyframes }
  const [, indent = '', mark = '', rest = ''] = /^( *)([✓✗$] )?(.*)$/u.exec(text) ?? []
  const x = LEFT_PX + (indent.length - (isCommand ? 0 : 2)) * CHARACTER_PX
  // The time at the end of a line has a place of its own, wherever the font's letters end.
  const [, words = rest, time = ''] = /^(.*?)(?: {2,}(\S+ s))?$/.exec(rest) ?? []
  const marked = mark === '' ? '' : `<tspan class="${classOf(mark)}">${mark}</tspan>`
  const end =
    time && `<tspan class="quiet" x="${number(LEFT_PX + COLUMNS * CHARACTER_PX)}" text-anchor="end">${time}</tspan>`
  const body = `${marked}${escaped(words)}${end}`
  return {
    keyframes,
    markup: `<text class="row${isDetail(indent) ? ' quiet' : ''}" style="animation-name:${name}" x="${number(x)}" y="${y}">${body}</text>`,
  }
}

function isDetail(indent: string): boolean {
  return indent.length > 2
}

function classOf(mark: string): string {
  if (mark.startsWith('✓')) return 'good'
  return mark.startsWith('✗') ? 'bad' : 'quiet'
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
