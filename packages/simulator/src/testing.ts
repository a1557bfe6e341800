// What tests say about a simulator: matchers for vitest and Jest, and the same as functions for node:test and any other runner.

import type { RequestWish } from './request-wish.ts'
import type { Simulation, Simulator } from './simulation.ts'
import {
  holdsNoSecret,
  metAllFaults,
  received,
  reusedNoRefreshToken,
  sentNoSecret,
  type Times,
} from './testing/checks.ts'
import type { Verdict } from './testing/verdict.ts'

export type { Times } from './testing/checks.ts'
export type { Verdict } from './testing/verdict.ts'

/** The operations of a simulator, by name. */
export type OperationOf<Tested> = Tested extends Simulation<infer Operation> ? Operation : never

/** What `expect()` can say, for the declaration that vitest and Jest ask for. The README has it. */
export interface SimulatorMatchers<Tested> {
  /** So many such requests came: at least one, if `times` says nothing else. */
  toHaveReceived(wanted: OperationOf<Tested> | RequestWish<OperationOf<Tested>>, times?: Times): void
  /** No secret was in the address of a request, where logs keep it. */
  toHaveSentNoSecret(): void
  /** Every fault that was prepared has met its requests. */
  toHaveMetAllFaults(): void
  /** No spent refresh token came back. */
  toHaveReusedNoRefreshToken(): void
  /** An output, such as a log, holds none of the simulator's secrets, encoded or not. */
  toHoldNoSecretOf(simulator: Pick<Simulator, 'revealSecrets'>): void
}

/** For `expect.extend(matchers)`, in vitest and in Jest. */
export const matchers: {
  toHaveReceived: (simulator: Simulator, wanted: string | RequestWish, times?: Times) => Verdict
  toHaveSentNoSecret: (simulator: Simulator) => Verdict
  toHaveMetAllFaults: (simulator: Simulator) => Verdict
  toHaveReusedNoRefreshToken: (simulator: { readonly reuses: number }) => Verdict
  toHoldNoSecretOf: (output: unknown, simulator: Pick<Simulator, 'revealSecrets'>) => Verdict
} = {
  toHaveReceived: received,
  toHaveSentNoSecret: sentNoSecret,
  toHaveMetAllFaults: metAllFaults,
  toHaveReusedNoRefreshToken: reusedNoRefreshToken,
  toHoldNoSecretOf: holdsNoSecret,
}

/**
 * Throws unless the expected number of such requests was received: by default, at least one. For `node:test` and other
 * runners.
 */
export const assertReceived = <Operation extends string>(
  simulator: Pick<Simulator<Operation>, 'requests'>,
  wanted: Operation | RequestWish<Operation>,
  times?: Times,
): void => assert(received(simulator, wanted, times))

/** Throws if a secret was in the address of a request. */
export const assertSentNoSecret = (simulator: Pick<Simulator, 'requests'>): void => assert(sentNoSecret(simulator))

/** Throws if a prepared fault has not met all its requests. */
export const assertMetAllFaults = (simulator: Pick<Simulator, 'faults'>): void => assert(metAllFaults(simulator))

/** Throws if a spent refresh token came back. */
export const assertReusedNoRefreshToken = (simulator: { readonly reuses: number }): void =>
  assert(reusedNoRefreshToken(simulator))

/** Throws if an output holds one of the simulator's secrets, encoded or not. */
export const assertHoldsNoSecret = (output: unknown, simulator: Pick<Simulator, 'revealSecrets'>): void =>
  assert(holdsNoSecret(output, simulator))

const assert = ({ pass, message }: Verdict): void => {
  if (!pass) throw new Error(message())
}
