export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export { type MercadoLivreInputs, type MercadoLivreServer, mercadoLivreProvider } from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
export { createMercadoLivre, type MercadoLivre, type MercadoLivreOptions } from './mercado-livre.ts'
