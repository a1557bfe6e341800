export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export { type Bitize, type BitizeOptions, createBitize } from './bitize.ts'
export { type BitizeInputs, type BitizeServer, bitizeProvider } from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
