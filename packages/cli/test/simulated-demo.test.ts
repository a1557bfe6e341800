import { expect, it } from 'vitest'
import { ACTS, demoSimulated } from '../src/demo/simulated-demo.ts'
import { capturedOutput } from './support/captured-output.ts'

it('plays every scene of every provider as expected, and prints a row for each within 128 columns', async () => {
  const { stream, text } = capturedOutput()
  const passed = await demoSimulated(stream)
  const printed = text()
  expect(printed).not.toContain('✗')
  expect(passed).toBe(true)
  expect(printed.match(/, simulated on http/g)).toHaveLength(ACTS.length)
  for (const open of ACTS) {
    await using act = await open()
    for (const { title } of act.scenes) expect(printed).toContain(`✓ ${title}`)
  }
  expect(printed).toContain('Nothing was lost.')
  expect(Math.max(...printed.split('\n').map((line) => line.length))).toBeLessThanOrEqual(128)
  // Seven thousand requests over real HTTP.
}, 120_000)
