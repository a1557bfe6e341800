export type { BitizeTokenOperation } from './bitize/auth.ts'
export {
  type BitizeCredentials,
  type BitizeOperation,
  type BitizeSimulator,
  type BitizeSimulatorOptions,
  simulateBitize,
} from './bitize/simulate-bitize.ts'
export type { IssuedToken, TokenSelection, TokenState } from './bitize/token-families.ts'
export type { BitizeApiOperation, Vendor } from './bitize/vendors.ts'

export type { SimulatorClock } from './clock.ts'
export type {
  AlteredFieldFault,
  CutBodyFault,
  DelayFault,
  EmptyBodyFault,
  Fault,
  FaultKind,
  HangFault,
  HtmlFault,
  MalformedJsonFault,
  MissingFieldFault,
  OversizedBodyFault,
  RedirectFault,
  ResetFault,
  SkewedDateFault,
  SlowBodyFault,
  StatusFault,
} from './fault.ts'
export type { FaultScope, Faults, PreparedFault } from './fault-queue.ts'
export type { Fetch } from './fetch.ts'
export type { Json, JsonObject } from './json.ts'
export type { ReceivedRequest, TokenRef } from './request-log.ts'
export type { Simulator } from './simulation.ts'
