import { allRejected } from './scenes/all-rejected.ts'
import { hoursPass } from './scenes/hours-pass.ts'
import { manyCallers } from './scenes/many-callers.ts'
import { severalProcesses } from './scenes/processes.ts'
import type { Stage } from './stage.ts'

/** What a reader can choose in a scene. */
export type InputName = 'callers' | 'hours' | 'processes'

/** A whole number within limits, so that no choice keeps the page busy for long. */
export interface InputRule {
  readonly name: InputName
  readonly from: number
  readonly to: number
  readonly initially: number
}

/** A scene of the playground: a file of `scenes`, whose text the page shows. */
export interface Scene {
  readonly inputs: readonly InputRule[]
  play(stage: Stage, value: (name: InputName) => number): Promise<void>
}

const CALLERS: InputRule = { name: 'callers', from: 1, to: 2000, initially: 1000 }
const HOURS: InputRule = { name: 'hours', from: 0, to: 1000, initially: 25 }
const FEWER_CALLERS: InputRule = { name: 'callers', from: 1, to: 500, initially: 250 }
const PROCESSES: InputRule = { name: 'processes', from: 1, to: 8, initially: 2 }

export const SCENES = {
  'many-callers': {
    inputs: [CALLERS],
    play: (stage, value) => manyCallers(stage, { callers: value('callers') }),
  },
  'all-rejected': {
    inputs: [CALLERS],
    play: (stage, value) => allRejected(stage, { callers: value('callers') }),
  },
  'hours-pass': {
    inputs: [HOURS, CALLERS],
    play: (stage, value) => hoursPass(stage, { hours: value('hours'), callers: value('callers') }),
  },
  processes: {
    inputs: [PROCESSES, FEWER_CALLERS],
    play: (stage, value) => severalProcesses(stage, { processes: value('processes'), callers: value('callers') }),
  },
} as const satisfies Readonly<Record<string, Scene>>

export type SceneName = keyof typeof SCENES

/** Reads what was typed: digits only, within the limits. Undefined: something else. */
export function readInput({ from, to }: InputRule, typed: string): number | undefined {
  const text = typed.trim()
  // Ten digits are more than any limit has.
  if (!/^\d{1,10}$/.test(text)) return undefined
  const value = Number(text)
  return value >= from && value <= to ? value : undefined
}
