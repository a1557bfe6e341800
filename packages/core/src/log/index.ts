export type { LogLevel } from './level.ts'
export { type FieldsLogger, type LineLogger, logTo } from './log-to.ts'
