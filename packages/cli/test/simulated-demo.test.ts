import { stripVTControlCharacters } from 'node:util'
import pc from 'picocolors'
import { expect, it } from 'vitest'
import { demoTable } from '../src/demo/demo-table.ts'
import { ACTS, type DemoReport } from '../src/demo/simulated-demo.ts'
import { scenes as scenesInPortuguese } from '../src/language/scenes.pt-br.ts'
import { loadTexts } from '../src/language/texts.ts'
import { capturedOutput } from './support/captured-output.ts'
import { newHome } from './support/home.ts'

const MINUTES = 120_000

// Seven thousand requests over real HTTP: played once for all that is looked at here, whichever test comes first.
let once: Promise<{ readonly report: DemoReport; readonly stderr: string }> | undefined

function played(): NonNullable<typeof once> {
  once ??= newHome()
    .run(['demo', '--json'])
    .then(({ status, stdout, stderr }) => {
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
  ['en', 'Nothing was lost.'],
  ['pt-BR', 'Nada se perdeu.'],
] as const

it.each(languages)(
  'is shown in %s as a table of each scene, in 128 columns',
  { timeout: MINUTES },
  async (lang, end) => {
    const { report } = await played()
    const { talk } = await loadTexts(lang)
    const words = lang === 'pt-BR' ? scenesInPortuguese : {}
    const { stream, text } = capturedOutput()
    const table = demoTable(stream, pc.createColors(true), talk.demo, words)
    for (const { provider, url, scenes } of report.acts) {
      table.opened({ title: provider, url: new URL(url) })
      for (const scene of scenes) table.played(scene)
    }
    table.ended(report)
    const printed = stripVTControlCharacters(text())
    expect(printed).not.toContain('✗')
    expect(printed.match(/, simula[td].* http/g)).toHaveLength(ACTS.length)
    const titles = report.acts.flatMap(({ scenes }) => scenes.map(({ title }) => title))
    for (const title of titles) expect(printed).toContain(`✓ ${words[title] ?? title}  `)
    expect(printed).toContain(end)
    expect(Math.max(...printed.split('\n').map((line) => line.length))).toBeLessThanOrEqual(128)
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
  // What is longer than its column moves the others.
  const words = Object.entries(scenesInPortuguese).flat()
  expect(words.filter((title) => title.length > 44)).toEqual([])
})

it('a scene that causes something else than it should is told', async () => {
  const { stream, text } = capturedOutput()
  const table = demoTable(stream, pc.createColors(false), (await loadTexts('en')).talk.demo)
  const [expected, measured] = [
    { tokenCalls: { acquire: 1 }, apiCalls: 2 },
    { tokenCalls: {}, apiCalls: 1 },
  ]
  const scene = { title: 'a scene', ok: false, requests: 1, expected, measured, outcome: '200', ms: 3 }
  table.played(scene)
  table.ended({ ok: false, requests: 1, tokenCalls: 0, acts: [{ provider: 'bitize', url: '', scenes: [scene] }] })
  expect(text()).toMatch(/✗ a scene .* 200 expected 1 acquire, 2 API calls\n/)
  expect(text()).toContain('1 of 1 scenes failed.')
})
