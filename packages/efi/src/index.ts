export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export {
  createEfi,
  createEfiCharges,
  type Efi,
  type EfiChargesOptions,
  type EfiOptions,
} from './efi.ts'
export {
  type EfiChargesTokenInputs,
  type EfiInputs,
  type EfiServer,
  efiChargesToken as efiChargesProvider,
  efiPixToken as efiProvider,
} from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
