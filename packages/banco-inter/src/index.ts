export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export { type BancoInter, type BancoInterOptions, createBancoInter } from './banco-inter.ts'
export { type BancoInterInputs, type BancoInterServer, bancoInterProvider } from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
