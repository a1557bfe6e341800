export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export { type MelhorEnvioInputs, type MelhorEnvioServer, melhorEnvioProvider } from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
export { createMelhorEnvio, type MelhorEnvio, type MelhorEnvioOptions } from './melhor-envio.ts'
