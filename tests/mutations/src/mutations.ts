import { CALL_MUTATIONS } from './call-mutations.ts'
import { CLAIM_MUTATIONS } from './claim-mutations.ts'
import { COMMIT_MUTATIONS } from './commit-mutations.ts'
import { CONSENT_MUTATIONS } from './consent-mutations.ts'
import { ENGINE_MUTATIONS } from './engine-mutations.ts'
import { FETCH_MUTATIONS } from './fetch-mutations.ts'
import { LIMIT_MUTATIONS } from './limit-mutations.ts'
import type { Mutation } from './mutation.ts'
import { OLD_TOKEN_MUTATIONS } from './old-token-mutations.ts'
import { POLICY_MUTATIONS } from './policy-mutations.ts'
import { RETRY_MUTATIONS } from './retry-mutations.ts'
import { SAFETY_MUTATIONS } from './safety-mutations.ts'
import { SHARED_MUTATIONS } from './shared-mutations.ts'
import { SOURCE_MUTATIONS } from './source-mutations.ts'

/** All of them, room by room. */
export const MUTATIONS: readonly Mutation[] = [
  ...SOURCE_MUTATIONS,
  ...ENGINE_MUTATIONS,
  ...SAFETY_MUTATIONS,
  ...POLICY_MUTATIONS,
  ...CLAIM_MUTATIONS,
  ...COMMIT_MUTATIONS,
  ...SHARED_MUTATIONS,
  ...OLD_TOKEN_MUTATIONS,
  ...LIMIT_MUTATIONS,
  ...CONSENT_MUTATIONS,
  ...CALL_MUTATIONS,
  ...FETCH_MUTATIONS,
  ...RETRY_MUTATIONS,
]
