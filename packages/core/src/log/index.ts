export { type FieldsLogger, type LineLogger, logTo } from './log-to.ts'
