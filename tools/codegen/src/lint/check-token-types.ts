import { issuingCallsOf } from '../spec/lifecycle.ts'
import { issuedSchemes } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** Only of a bearer token does an answer say that it is one (RFC 6749 §7.1). */
export const checkTokenTypes: Rule = ({ model }) =>
  issuedSchemes(model)
    .filter(({ security }) => security.kind !== 'bearer')
    .flatMap((scheme) =>
      issuingCallsOf(scheme.lifecycle)
        .filter(({ call }) => call.tokenType !== undefined)
        .map(({ at }) => ({
          at: [...scheme.at, ...at, 'tokenType'],
          sentence:
            'Only answers with a bearer token are checked for its type, and this one is sent in another way. Leave `tokenType` out.',
        })),
    )
