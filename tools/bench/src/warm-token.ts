import { createBitize } from '@chaveiro/bitize'
import { simulateBitize } from '@chaveiro/simulator'
import { compare, wallNanoseconds } from './interleaved.ts'
import type { Row } from './row.ts'

const AT_MOST = 2.5

/** `await source.getToken()` with a fresh token in memory, against awaiting a constant async function. */
export async function warmToken(): Promise<Row> {
  const simulator = simulateBitize()
  await using bitize = createBitize({ server: simulator.url, ...simulator.credentials, fetch: simulator.fetch })
  const constant = await bitize.getToken()
  const constantly = async (): Promise<unknown> => constant
  const subject = {
    name: 'getToken()',
    run: async (times: number) => {
      for (let count = 0; count < times; count += 1) await bitize.getToken()
    },
  }
  const baseline = {
    name: 'a constant async function',
    run: async (times: number) => {
      for (let count = 0; count < times; count += 1) await constantly()
    },
  }
  const result = await compare(subject, baseline, { cost: wallNanoseconds, rounds: 31, times: 100_000 })
  return {
    what: 'warm `getToken()`',
    measured: `${result.subject.toFixed(0)} ns`,
    against: `awaiting a constant async function, ${result.baseline.toFixed(0)} ns`,
    figure: `${result.ratio.toFixed(2)}×`,
    limit: `at most ${AT_MOST}×`,
    kept: result.ratio <= AT_MOST,
  }
}
