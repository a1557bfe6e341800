export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'
export type {
  ApplicationTokens,
  IssuedApplicationToken,
  NewApplicationToken,
  NewTokenOptions,
  RevokeOptions,
} from './application-tokens.ts'
export {
  type AssineOnline,
  type AssineOnlineOptions,
  type AssineOnlineWithToken,
  createAssineOnline,
} from './assine-online.ts'
export type { AssineOnlineServer } from './generated/provider.ts'
export type { components, paths } from './generated/schema.ts'
export type {
  AssineOnlineInputs,
  AssineOnlineLogin,
  AssineOnlineSession,
  AssineOnlineToken,
} from './inputs.ts'
export { assineOnlineProvider } from './provider.ts'
export type { AssineOnlineUser } from './user.ts'
