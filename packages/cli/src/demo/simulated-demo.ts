import { coloursFor } from '../output/colours.ts'
import { widthOf } from '../output/fit.ts'
import { startSpinner } from '../output/spinner.ts'
import { endAtOnce } from '../program/end-at-once.ts'
import { printJson, type Session } from '../program/session.ts'
import type { Act, Scene } from './act.ts'
import { assineOnlineAct } from './assine-online-act.ts'
import { bitizeAct } from './bitize-act.ts'
import { demoTable } from './demo-table.ts'
import { genpagAct } from './genpag-act.ts'
import { play, type ScenePlayed } from './play.ts'

/** The lives that the demo shows, each on a simulated provider of its own. */
export const ACTS: readonly (() => Promise<Act>)[] = [bitizeAct, genpagAct, assineOnlineAct]

// A table needs a width in a pipe too.
const IN_A_PIPE = 80

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
  opened(act: Pick<Act, 'title' | 'url' | 'scenes'>): void
  playing(scene: Pick<Scene, 'title'>): void
  played(scene: ScenePlayed): void
  /** The program ends in the middle of a scene. */
  interrupted(): void
  ended(report: DemoReport): void
}

/** Shows every scene, as a table that grows or as one JSON document. Resolves with whether all went well. */
export async function demoSimulated(session: Session): Promise<boolean> {
  const { stdout, env, json, texts } = session
  const scenes = texts.language === 'pt-BR' ? (await import('../language/scenes.pt-br.ts')).scenes : undefined
  const look = {
    colours: coloursFor(stdout, env),
    texts,
    width: widthOf(stdout, env) ?? IN_A_PIPE,
    scenes,
    spin: (text: string) => startSpinner(stdout, env, text),
  }
  const table = json ? undefined : demoTable(stdout, look)
  // The servers are in this process, and what they know is worth nothing to anyone.
  endAtOnce(session, () => table?.interrupted())
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0)
}
