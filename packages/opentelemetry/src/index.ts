export { type InstrumentOptions, instrument } from './instrument.ts'
export type { Instrumentable } from './instrumentable.ts'
