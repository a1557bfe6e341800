import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { AccountRef } from '@chaveiro/core'
import {
  type Answer,
  type MemberSettings,
  type Order,
  type Point,
  type Quiet,
  type Report,
  type Result,
  THE_ACCOUNT,
} from '../../src/messages.ts'

const PROGRAM = fileURLToPath(new URL('../../dist/member.js', import.meta.url))

/** A process of the fleet, from its parent's side. What was asked of one that was killed is answered by `undefined`. */
export interface Member {
  readonly name: string
  /** Neither killed nor suspended. */
  readonly isRunning: boolean
  ask(callers: number, usesApi: boolean, account?: AccountRef | string): Promise<Answer | undefined>
  tick(): Promise<Quiet | undefined>
  tell(order: Order): Promise<void>
  /** Begins a consent; brings the page to which the person is sent. */
  beginConsent(redirectUri: string): Promise<string>
  /** Uses the refresh token if it would end within this time. */
  keepAlive(withinMs: number): Promise<Answer | undefined>
  /** Fires its timers that are due, also while it waits for an answer. One that is suspended does so when it wakes. */
  fire(): Promise<void>
  /** Holds it at a point of its next refresh; resolves when it has got there. */
  reached(point: Point): Promise<void>
  /** Lets it go on from there. */
  go(): void
  kill(): Promise<void>
  suspend(): void
  resume(): void
}

// No process outlives its test, however that ends.
const alive = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

/** Starts a real process and waits until it has opened its store. */
export async function startMember(
  name: string,
  settings: MemberSettings,
  environment: Readonly<Record<string, string>>,
  onEvent: (type: string) => void,
): Promise<Member> {
  // Its standard output is ours, so that whatever goes wrong in it is seen.
  const child = fork(PROGRAM, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
    env: { ...process.env, ...environment },
  })
  const line = correspondence(child, onEvent)
  let state: 'running' | 'suspended' | 'killed' = 'running'
  alive.add(child)
  child.once('exit', () => {
    state = 'killed'
    alive.delete(child)
  })
  await line.request({ order: 'begin', settings })
  return {
    name,
    get isRunning() {
      return state === 'running'
    },
    ask: async (callers, usesApi, account = THE_ACCOUNT) =>
      answerOf(await line.request({ order: 'ask', callers, usesApi, account })),
    tick: async () => quietOf(await line.request({ order: 'tick' })),
    async beginConsent(redirectUri) {
      const result = await line.request({ order: 'begin-consent', redirectUri })
      if (result && 'page' in result) return result.page
      throw new Error('The member is not running.')
    },
    keepAlive: async (withinMs) => answerOf(await line.request({ order: 'keep-alive', withinMs })),
    tell: async (order) => void (await line.request(order)),
    fire: async () => void (await line.request({ order: 'fire' })),
    reached(point) {
      const there = line.reached(point)
      void line.request({ order: 'hold-at', point })
      return there
    },
    go: () => void line.request({ order: 'go' }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
    suspend() {
      state = 'suspended'
      child.kill('SIGSTOP')
    },
    resume() {
      child.kill('SIGCONT')
      state = 'running'
    },
  }
}

interface Correspondence {
  request(order: Order): Promise<Result | undefined>
  reached(point: Point): Promise<void>
}

function correspondence(child: ChildProcess, onEvent: (type: string) => void): Correspondence {
  const open = new Map<number, { resolve: (result: Result | undefined) => void; reject: (why: Error) => void }>()
  const awaited = new Map<Point, () => void>()
  let serial = 0
  child.on('message', (report: Report) => {
    if (report.report === 'event') return onEvent(report.type)
    if (report.report === 'reached') return awaited.get(report.point)?.()
    const request = open.get(report.id)
    open.delete(report.id)
    if (report.report === 'done') request?.resolve(report.result)
    else request?.reject(new Error(`A member failed: ${report.why}`))
  })
  child.once('exit', () => {
    for (const { resolve } of open.values()) resolve(undefined)
    open.clear()
  })
  return {
    request: (order) =>
      new Promise((resolve, reject) => {
        if (!child.connected) return resolve(undefined)
        serial += 1
        open.set(serial, { resolve, reject })
        // A message to one that is being killed is answered by its exit.
        child.send({ ...order, id: serial }, () => {})
      }),
    reached: (point) =>
      new Promise((resolve) => {
        awaited.set(point, resolve)
      }),
  }
}

function answerOf(result: Result | undefined): Answer | undefined {
  return result && 'failures' in result ? result : undefined
}

function quietOf(result: Result | undefined): Quiet | undefined {
  return result && !('failures' in result || 'page' in result) ? result : undefined
}
