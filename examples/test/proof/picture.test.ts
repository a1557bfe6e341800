import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type Language, linesOf, verdict } from '../../proof/lines.ts'
import type { Step } from '../../proof/messages.ts'

// Any run: the picture's numbers are those of another one.
const STEPS: readonly Step[] = [
  { step: 'began', sellers: 3_000 },
  { step: 'connected', sellers: 3_000, tokenCalls: 3_000, ms: 9_000 },
  { step: 'shared', sellers: 3_000, tokenCalls: 3_000, ready: [3_000, 3_000], ms: 30_000 },
  { step: 'killed', sellers: 3_000, afterCalls: 1_500 },
  {
    step: 'went-on',
    sellers: 3_000,
    resendUnknown: 'never',
    ready: 2_993,
    inFlight: 7,
    answered: 7,
    repeated: 0,
    toAgreeAgain: 7,
    otherErrors: 0,
    ms: 40_000,
  },
  { step: 'counted', resendUnknown: 'never', repeated: 0, once: 6_000, twice: 0, more: 0, reuses: 0 },
]

const FILES: readonly (readonly [string, Language])[] = [
  ['proof.svg', 'en'],
  ['proof.pt-BR.svg', 'pt-BR'],
]

const read = (file: string): string => readFileSync(new URL(`../../../docs/images/${file}`, import.meta.url), 'utf8')

/** The texts that the picture shows, line by line, without marks and numbers. */
function textsIn(svg: string): readonly string[] {
  const rows = [...svg.matchAll(/<text [^>]*>(.*)<\/text>/g)]
  return rows.map(([, row = '']) =>
    bare(row.replaceAll(/<tspan[^>]*text-anchor[^>]*>[^<]*/g, '').replaceAll(/<[^>]+>/g, '')),
  )
}

function bare(line: string): string {
  return line
    .replace(/ {2,}\S+ s$/, '')
    .replaceAll(/\d[\d.,]*/g, 'N')
    .replaceAll(/[✓✗]/g, '')
    .trim()
}

it.each(FILES)('%s shows what the program prints today', (file, language) => {
  const printed = [...STEPS.flatMap((step) => linesOf(step, language)), verdict(true, language)]
    .map(bare)
    .filter(Boolean)
  const [command, ...shown] = textsIn(read(file))
  expect(command).toMatch(/^\$ npx --yes pnpm@N/)
  expect(shown).toEqual(printed)
})

it.each(FILES)('%s is of a run that kept every promise', (file) => {
  expect(read(file)).toContain('✓')
  expect(read(file)).not.toContain('✗')
})

it.each(FILES)('%s is small, has a title and a description, and asks for nothing else', (file) => {
  const svg = read(file)
  expect(svg.length).toBeLessThan(60 * 1_024)
  expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*>\n<title id="title">[^<]+<\/title>\n<desc id="desc">[^<]+<\/desc>/)
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
    /https?:|\/\/|url\(|@import|@font-face|<script|<image|<use|href|\son\w+=|<foreignObject/i,
  )
  expect(svg).toContain('prefers-reduced-motion')
  expect(svg).toContain('prefers-color-scheme: dark')
})

it.each(FILES)('%s has nothing of the machine in it', (file) => {
  // A path that begins at the root or at home, and an address.
  expect(read(file)).not.toMatch(/(?:^|[\s"'>])[~/][\w.-]+\/|\b\d+\.\d+\.\d+\.\d+\b|localhost|@(?!12|media|keyframes)/m)
})

it.each(FILES)('%s is well-formed', (file) => {
  expect(openElements(read(file))).toEqual([])
})

it.each([
  '<svg><text></svg>',
  '<svg></text></svg>',
  '<svg>a & b</svg>',
  '<svg>a < b</svg>',
  '<svg><text x=1></text></svg>',
  '<svg>',
])('the check sees what is not well-formed: %s', (markup) => {
  expect(openElements(markup)).not.toEqual([])
})

/** Elements that are left open, or closed out of turn, and an ampersand that isn't one; none in a well-formed document. */
function openElements(xml: string): readonly string[] {
  const open: string[] = []
  const wrong: string[] = [...xml.matchAll(/&(?!(?:amp|lt|gt|quot|apos);)/g)].map(() => '&')
  for (const [, close = '', name = '', , empty = ''] of xml.matchAll(
    /<(\/?)([\w-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
  )) {
    if (empty) continue
    if (!close) open.push(name)
    else if (open.at(-1) === name) open.pop()
    else wrong.push(open.pop() ?? name, name)
  }
  const signs = xml.replaceAll(/<\/?[\w-]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, '').match(/</g) ?? []
  return [...wrong, ...open, ...signs]
}
