import { expect, it } from 'vitest'
import { SCENES } from '../src/demo/scenes.ts'
import { demoSimulated } from '../src/demo/simulated-demo.ts'
import { capturedOutput } from './support/captured-output.ts'

it('plays every scene as expected, and prints a row for each within 110 columns', async () => {
  const { stream, text } = capturedOutput()
  const passed = await demoSimulated(stream)
  const printed = text()
  expect(printed).not.toContain('✗')
  expect(passed).toBe(true)
  for (const { title } of SCENES) expect(printed).toContain(`✓ ${title}`)
  expect(printed).toContain('Nothing was lost.')
  expect(Math.max(...printed.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110)
})
