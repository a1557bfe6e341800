// Tools for tests of what is built on @chaveiro/core. Bound to no test runner.
export type { Clock } from '../clock.ts'
export { FakeClock, type FakeClockOptions } from './fake-clock.ts'
export { type RawRecords, type StoreConformanceOptions, storeConformance } from './store-conformance.ts'
