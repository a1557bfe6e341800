// Tools for tests of what is built on @chaveiro/core. Bound to no test runner.
export type { Clock } from '../clock.ts'
export { FakeClock, type FakeClockOptions } from './fake-clock.ts'
export type { ProviderConformanceOptions, ProviderControl, ProviderWorld } from './provider-conformance/world.ts'
export { providerConformance } from './provider-conformance.ts'
export type { RecordedRequest, RevealedRequest } from './recorded-request.ts'
export { type PreparedAnswer, type RecordingFetch, recordingFetch } from './recording-fetch.ts'
export type { RawRecords, StoreConformanceOptions } from './store-conformance/suite.ts'
export { storeConformance } from './store-conformance.ts'
