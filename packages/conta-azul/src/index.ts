export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export { type ContaAzul, type ContaAzulOptions, createContaAzul } from './conta-azul.ts'
export { type ContaAzulInputs, type ContaAzulServer, contaAzulProvider } from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
