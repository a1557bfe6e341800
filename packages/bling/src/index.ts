export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export { type Bling, type BlingOptions, createBling } from './bling.ts'
export { type BlingInputs, type BlingServer, blingProvider } from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
