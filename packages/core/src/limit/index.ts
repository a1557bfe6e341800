export { type LimitCallsOptions, limitCalls } from './limit-calls.ts'
export { limitUses } from './limit-uses.ts'
