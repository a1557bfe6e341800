// Tools for tests of what is built on @chaveiro/core. Bound to no test runner.
export type { Clock } from '../clock.ts'
export { FakeClock, type FakeClockOptions } from './fake-clock.ts'
export {
  type ProviderConformanceOptions,
  type ProviderControl,
  type ProviderWorld,
  providerConformance,
} from './provider-conformance.ts'
export type { RecordedRequest, RevealedRequest } from './recorded-request.ts'
export { type PreparedAnswer, type RecordingFetch, recordingFetch } from './recording-fetch.ts'
export { type RawRecords, type StoreConformanceOptions, storeConformance } from './store-conformance.ts'
