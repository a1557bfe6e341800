export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export {
  type SerproGatewayTokenInputs,
  type SerproInputs,
  type SerproServer,
  serproContractorToken as integraContadorProvider,
  serproGatewayToken as serproProvider,
} from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
export { createIntegraContador, type IntegraContador, type IntegraContadorOptions } from './integra-contador.ts'
export { createSerpro, type Serpro, type SerproOptions } from './serpro.ts'
