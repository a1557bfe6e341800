import { coloursFor } from '../output/colours.ts'
import { printJson, type Session } from '../program/session.ts'
import type { Act } from './act.ts'
import { assineOnlineAct } from './assine-online-act.ts'
import { bitizeAct } from './bitize-act.ts'
import { demoTable } from './demo-table.ts'
import { genpagAct } from './genpag-act.ts'
import { play, type ScenePlayed } from './play.ts'

/** The lives that the demo shows, each on a simulated provider of its own. */
export const ACTS: readonly (() => Promise<Act>)[] = [bitizeAct, genpagAct, assineOnlineAct]

/** What all the scenes came to. */
export interface DemoReport {
  /** Did every scene cause what it was to cause, no more and no less? */
  readonly ok: boolean
  /** Of all scenes together. */
  readonly requests: number
  readonly tokenCalls: number
  readonly acts: readonly { readonly provider: string; readonly url: string; readonly scenes: readonly ScenePlayed[] }[]
}

/** Who watches while it plays. */
export interface Audience {
  opened(act: Pick<Act, 'title' | 'url'>): void
  played(scene: ScenePlayed): void
  ended(report: DemoReport): void
}

/** Shows every scene, as a table that grows or as one JSON document. Resolves with whether all went well. */
export async function demoSimulated(session: Session): Promise<boolean> {
  const { stdout, env, json, texts } = session
  const scenes = texts.language === 'pt-BR' ? (await import('../language/scenes.pt-br.ts')).scenes : undefined
  const table = json ? undefined : demoTable(stdout, coloursFor(stdout, env), texts.talk.demo, scenes)
  const report = await playActs(table)
  if (json) printJson(session, report)
  return report.ok
}

/** Plays every scene against the simulated providers. */
async function playActs(audience?: Audience): Promise<DemoReport> {
  const acts = []
  for (const open of ACTS) {
    await using act = await open()
    audience?.opened(act)
    const scenes: ScenePlayed[] = []
    for (const scene of act.scenes) {
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0)
}
