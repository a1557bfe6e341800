import { performance } from 'node:perf_hooks'
import { isDeepStrictEqual } from 'node:util'
import type { Act, Counts, Scene } from './act.ts'

/** What a scene was to cause, and what it did cause. */
export interface ScenePlayed {
  readonly title: string
  readonly ok: boolean
  /** Made by the callers. */
  readonly requests: number
  readonly expected: Counts
  readonly measured: Counts
  /** How it ended, in a few words. */
  readonly outcome: string
  readonly ms: number
}

/** Plays one scene of an act, and counts what reaches the simulated provider meanwhile. */
export async function play(act: Act, scene: Scene): Promise<ScenePlayed> {
  const { callers: requests, ...expected } = scene.expect
  const before = act.counts()
  const started = performance.now()
  const outcome = await scene.play()
  const ms = Math.round(performance.now() - started)
  const measured = difference(act.counts(), before)
  return { title: scene.title, ok: isDeepStrictEqual(measured, expected), requests, expected, measured, outcome, ms }
}

/** An endpoint that was not called has no number. */
function difference(after: Counts, before: Counts): Counts {
  const calls = Object.entries(after.tokenCalls).map(([word, value]) => [word, value - (before.tokenCalls[word] ?? 0)])
  const made = calls.filter(([, value]) => value !== 0)
  return { tokenCalls: Object.fromEntries(made), apiCalls: after.apiCalls - before.apiCalls }
}
