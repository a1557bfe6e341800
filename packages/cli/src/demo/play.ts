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

/** What all the scenes came to. */
export interface DemoReport {
  /** Did every scene cause what it was to cause, no more and no less? */
  readonly ok: boolean
  /** Of all scenes together. */
  readonly requests: number
  readonly tokenCalls: number
  readonly acts: readonly { readonly provider: string; readonly url: string; readonly scenes: readonly ScenePlayed[] }[]
}

/** The observer of a demo while it plays. */
export interface Audience {
  opened(act: Pick<Act, 'title' | 'url' | 'scenes'>): void
  playing(scene: Pick<Scene, 'title'>): void
  played(scene: ScenePlayed): void
  /** The program ends in the middle of a scene. */
  interrupted(): void
  ended(report: DemoReport): void
}

/** Plays every scene of these acts, one after the other. */
export async function playActs(opening: readonly (() => Promise<Act>)[], audience?: Audience): Promise<DemoReport> {
  const acts = []
  for (const open of opening) {
    await using act = await open()
    audience?.opened(act)
    const scenes: ScenePlayed[] = []
    for (const scene of act.scenes) {
      audience?.playing(scene)
      const played = await play(act, scene)
      scenes.push(played)
      audience?.played(played)
    }
    acts.push({ provider: act.provider, url: act.url.href, scenes })
  }
  const all = acts.flatMap(({ scenes }) => scenes)
  const report: DemoReport = {
    ok: all.every(({ ok }) => ok),
    requests: sum(all.map(({ requests }) => requests)),
    tokenCalls: sum(all.flatMap(({ measured }) => Object.values(measured.tokenCalls))),
    acts,
  }
  audience?.ended(report)
  return report
}

/** Plays one scene of an act, and counts what reaches the simulated provider in the meantime. */
async function play(act: Act, scene: Scene): Promise<ScenePlayed> {
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0)
}
