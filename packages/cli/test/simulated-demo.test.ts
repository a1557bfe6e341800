import { stripVTControlCharacters } from 'node:util'
import pc from 'picocolors'
import { expect, it } from 'vitest'
import { type DemoLook, demoTable } from '../src/demo/demo-table.ts'
import type { DemoReport } from '../src/demo/play.ts'
import { ACTS } from '../src/demo/simulated-demo.ts'
import { scenes as scenesInPortuguese } from '../src/messages/scenes.pt-br.ts'
import { loadTexts } from '../src/messages/texts.ts'
import { capturedOutput } from './support/captured-output.ts'
import { newHome } from './support/home.ts'
import { packedCommand } from './support/packed-command.ts'

const MINUTES = 120_000
const installIn = packedCommand()
const spin: DemoLook['spin'] = () => () => {}

// Seven thousand requests over real HTTP: played once for all that is looked at here, whichever test comes first, and from
// the tarball, in an empty folder.
let once: Promise<{ readonly report: DemoReport; readonly stderr: string }> | undefined

function played(): NonNullable<typeof once> {
  if (once !== undefined) return once
  const home = newHome()
  once = home.runProcess(['demo', '--json'], { main: installIn(home) }).then(({ status, stdout, stderr }) => {
    expect(status).toBe(0)
    return { report: JSON.parse(stdout), stderr }
  })
  return once
}

it('plays every scene of every provider as expected, in one JSON document with one verdict', {
  timeout: MINUTES,
}, async () => {
  const { report, stderr } = await played()
  expect(stderr).toBe('')
  expect(report.ok).toBe(true)
  const scenes = report.acts.flatMap((act) => act.scenes)
  for (const { measured, expected } of scenes) expect(measured).toEqual(expected)
  expect(scenes[0]).toMatchObject({
    title: 'the first request obtains a token',
    ok: true,
    requests: 1,
    measured: { tokenCalls: { acquire: 1 }, apiCalls: 1 },
    outcome: '200',
    ms: expect.any(Number),
  })
  expect(report.requests).toBe(scenes.reduce((total, { requests }) => total + requests, 0))
  expect(report.tokenCalls).toBeGreaterThan(scenes.length / 2)
})

it('leaves out no scene', { timeout: MINUTES }, async () => {
  const { report } = await played()
  const titles = ACTS.map(async (open) => {
    await using act = await open()
    return [act.provider, act.scenes.map(({ title }) => title)]
  })
  const shown = report.acts.map(({ provider, scenes }) => [provider, scenes.map(({ title }) => title)])
  expect(shown).toEqual(await Promise.all(titles))
  expect(shown.map(([provider]) => provider)).toEqual(['bitize', 'genpag', 'assine-online'])
})

const languages = [
  ['en', 'Nothing was lost.', 60],
  ['en', 'Nothing was lost.', 80],
  ['en', 'Nothing was lost.', 120],
  ['pt-BR', 'Nada se perdeu.', 60],
  ['pt-BR', 'Nada se perdeu.', 80],
  ['pt-BR', 'Nada se perdeu.', 120],
] as const

it.each(languages)(
  'shows each scene in %s, with "%s" at the end, in %i columns',
  { timeout: MINUTES },
  async (lang, end, width) => {
    const { report } = await played()
    const { messages } = await loadTexts(lang)
    const words = lang === 'pt-BR' ? scenesInPortuguese : {}
    const { stream, text } = capturedOutput()
    const look = { colours: pc.createColors(true), texts: { language: lang, messages }, scenes: words, spin }
    const table = demoTable(stream, { ...look, width })
    for (const [index, open] of ACTS.entries()) {
      await using act = await open()
      table.opened(act)
      for (const scene of report.acts[index]?.scenes ?? []) table.played(scene)
    }
    table.ended(report)
    const printed = stripVTControlCharacters(text())
    expect(printed).not.toContain('✗')
    expect(printed.match(/, simula[td].* http/g)).toHaveLength(ACTS.length)
    const titles = report.acts.flatMap(({ scenes }) => scenes.map(({ title }) => title))
    for (const title of titles) expect(printed).toContain(`✓ ${words[title] ?? title} `)
    expect(printed.replace(/\s+/g, ' ')).toContain(end)
    expect(Math.max(...printed.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width)
  },
)

it('has words of its own language for each scene, and for no other', async () => {
  const titles = await Promise.all(
    ACTS.map(async (open) => {
      await using act = await open()
      return act.scenes.map(({ title }) => title)
    }),
  )
  expect(Object.keys(scenesInPortuguese).sort()).toEqual([...new Set(titles.flat())].sort())
  // In 60 columns there is room for a number beside it.
  const words = Object.entries(scenesInPortuguese).flat()
  expect(words.filter((title) => title.length > 38)).toEqual([])
})

it('a scene that causes something other than it should is told', async () => {
  const { stream, text } = capturedOutput()
  const texts = await loadTexts('en')
  const table = demoTable(stream, { colours: pc.createColors(false), texts, width: 80, spin })
  const [expected, measured] = [
    { tokenCalls: { acquire: 1 }, apiCalls: 2 },
    { tokenCalls: {}, apiCalls: 1 },
  ]
  const scene = { title: 'a scene', ok: false, requests: 1, expected, measured, outcome: '200', ms: 3 }
  table.opened({
    title: 'Bitize',
    url: new URL('http://127.0.0.1'),
    scenes: [{ title: 'a scene', expect: { callers: 1, ...expected }, play: async () => '' }],
  })
  table.played(scene)
  table.ended({ ok: false, requests: 1, tokenCalls: 0, acts: [{ provider: 'bitize', url: '', scenes: [scene] }] })
  expect(text()).toMatch(/✗ a scene .*\n {4}200: expected 1 acquire, 2 API calls\n/)
  expect(text()).toContain('1 of 1 scenes failed.')
})
