export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export { type TinyInputs, type TinyServer, tinyProvider } from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
export { createTiny, type Tiny, type TinyOptions } from './tiny.ts'
