export type { AssertionAlgorithm } from '@chaveiro/core/assertion'
export { type PrivateKeyJwtOptions, privateKeyJwt } from './private-key-jwt.ts'
