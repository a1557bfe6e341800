// The entry `@chaveiro/simulator/spec`.

export type { SpecCredentials } from './spec/accounts.ts'
export type { PlayableSpec } from './spec/read-spec.ts'
export { type SpecSimulator, type SpecSimulatorOptions, simulateSpec } from './spec/simulate-spec.ts'
