export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export { type MercadoPagoInputs, type MercadoPagoServer, mercadoPagoProvider } from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
export { createMercadoPago, type MercadoPago, type MercadoPagoOptions } from './mercado-pago.ts'
