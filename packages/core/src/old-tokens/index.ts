export { revokeOldTokens } from './revoke-old-tokens.ts'
