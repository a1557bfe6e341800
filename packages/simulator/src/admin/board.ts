// What the operations of the admin API work on: the simulators themselves. Nothing is kept twice.

import type { AdjustableClock } from '../adjustable-clock.ts'
import type { JsonObject } from '../json.ts'
import type { Simulator } from '../simulation.ts'
import type { AdminEvent } from './event-stream.ts'
import { type Expectation, expectationView } from './expectations.ts'
import { AdminProblem } from './problem.ts'
import { asJson, faultView, requestView, tokenView } from './views.ts'

/** What an admin API looks into. */
export interface Board {
  readonly clock: AdjustableClock
  readonly expectations: Expectation[]
  /** One provider, or all where none is named. @throws {AdminProblem} where it isn't simulated. */
  among(id: string | undefined): readonly (readonly [string, Simulator])[]
  /** @throws {AdminProblem} where it isn't simulated. */
  one(id: string): Simulator
  expectation(expectation: Expectation): JsonObject
  clockView(): JsonObject
  state(): JsonObject
  reset(): void
  /** Remembers where a provider is served. */
  servedAt(id: string, url: URL): void
  /** Tells those who watch that something other than a request has changed. */
  changed(what: string): void
  subscribe(listener: (event: AdminEvent) => void): () => void
}

export const createBoard = (simulators: Readonly<Record<string, Simulator>>, clock: AdjustableClock): Board => {
  const expectations: Expectation[] = []
  const addresses = new Map<string, URL>()
  const listeners = new Set<(event: AdminEvent) => void>()
  const tell = (event: AdminEvent): void => {
    for (const listener of listeners) listener(event)
  }
  const changed = (what: string): void => tell({ event: 'changed', data: { what } })

  const one = (id: string): Simulator => {
    const simulator = Object.hasOwn(simulators, id) ? simulators[id] : undefined
    if (simulator !== undefined) return simulator
    const known = Object.keys(simulators).join(', ')
    throw new AdminProblem('unknown-provider', `No provider "${id}" is simulated here. Use one of ${known}.`)
  }
  const expectation = (expected: Expectation): JsonObject => expectationView(expected, one(expected.provider).requests)
  const clockView = (): JsonObject => ({ now: clock.now(), offsetMs: clock.offsetMs })

  const watch = (): (() => void)[] => [
    clock.subscribe(() => changed('clock')),
    ...Object.entries(simulators).flatMap(([id, simulator]) => [
      simulator.faults.subscribe(() => changed('faults')),
      simulator.subscribe((event) => {
        if (event.kind === 'reset') changed('reset')
        else tell({ event: 'request', data: requestView(id, event.request) })
      }),
    ]),
  ]
  let unwatch: (() => void)[] = []

  return {
    clock,
    expectations,
    among: (id) => (id === undefined ? Object.entries(simulators) : [[id, one(id)]]),
    one,
    expectation,
    clockView,
    state: () => ({
      clock: clockView(),
      providers: Object.entries(simulators).map(([id, simulator]) => providerView(id, simulator, addresses.get(id))),
      expectations: expectations.map(expectation),
    }),
    reset: () => {
      expectations.length = 0
      for (const simulator of Object.values(simulators)) simulator.reset()
      clock.advance(-clock.offsetMs)
    },
    servedAt: (id, url) => void addresses.set(id, url),
    changed,
    subscribe: (listener) => {
      if (listeners.size === 0) unwatch = watch()
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        for (const end of unwatch) end()
        unwatch = []
      }
    },
  }
}

const providerView = (
  id: string,
  simulator: Simulator & { readonly reuses?: number },
  url: URL | undefined,
): JsonObject =>
  asJson({
    id,
    url: url?.href,
    operations: simulator.operations,
    requests: simulator.requests.length,
    reuses: simulator.reuses,
    accounts: simulator.accounts.names(),
    tokens: simulator.tokens.map(tokenView),
    faults: simulator.faults.list().map((fault) => faultView(id, fault)),
  })
