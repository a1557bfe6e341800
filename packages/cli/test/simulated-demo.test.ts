import pc from 'picocolors'
import { expect, it } from 'vitest'
import { demoTable } from '../src/demo/demo-table.ts'
import { ACTS, playActs } from '../src/demo/simulated-demo.ts'
import { capturedOutput } from './support/captured-output.ts'
import { newHome } from './support/home.ts'

const MINUTES = 120_000

it(
  'plays every scene of every provider as expected, and prints a row for each within 128 columns',
  async () => {
    const { stream, text } = capturedOutput()
    const { ok } = await playActs(demoTable(stream, pc.createColors(true)))
    const printed = text()
    expect(printed).not.toContain('✗')
    expect(ok).toBe(true)
    expect(printed.match(/, simulated on http/g)).toHaveLength(ACTS.length)
    for (const open of ACTS) {
      await using act = await open()
      for (const { title } of act.scenes) expect(printed).toContain(`✓ ${title}`)
    }
    expect(printed).toContain('Nothing was lost.')
    expect(Math.max(...printed.split('\n').map((line) => line.length))).toBeLessThanOrEqual(128)
    // Seven thousand requests over real HTTP.
  },
  MINUTES,
)

it(
  'prints what was expected and what was measured as one JSON document, and one verdict',
  async () => {
    const { status, stdout, stderr } = await newHome().run(['demo', '--json'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const report: Awaited<ReturnType<typeof playActs>> = JSON.parse(stdout)
    expect(report.ok).toBe(true)
    expect(report.acts.map(({ provider }) => provider)).toEqual(['bitize', 'genpag', 'assine-online'])
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
  },
  MINUTES,
)

it('a scene that causes something else than it should is told', async () => {
  const { stream, text } = capturedOutput()
  const table = demoTable(stream, pc.createColors(false))
  const [expected, measured] = [
    { tokenCalls: { acquire: 1 }, apiCalls: 2 },
    { tokenCalls: {}, apiCalls: 1 },
  ]
  const scene = { title: 'a scene', ok: false, requests: 1, expected, measured, outcome: '200', ms: 3 }
  table.played(scene)
  table.ended({ ok: false, requests: 1, tokenCalls: 0, acts: [{ provider: 'bitize', url: '', scenes: [scene] }] })
  expect(text()).toMatch(/✗ a scene .* 200 expected 1 acquire, 2 API calls\n/)
  expect(text()).toContain('1 scenes went wrong.')
})
