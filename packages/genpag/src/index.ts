export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export { type GenpagInputs, type GenpagServer, genpagProvider } from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
export { createGenpag, type Genpag, type GenpagOptions } from './genpag.ts'
