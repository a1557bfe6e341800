import { providerConformance } from '@chaveiro/core/testing'
import { describe, it } from 'vitest'
import { oauthWorld, type Trial } from './support/oauth-world.ts'

const TRIALS: readonly (readonly [string, Trial])[] = [
  ['client credentials, by issuer', {}],
  [
    'client credentials, by URLs, in a body of JSON',
    {
      by: 'urls',
      options: { client: 'client_secret_post', content: 'json' },
      server: { client: 'body', content: 'json' },
    },
  ],
  ['a person, refresh tokens replaced at each use', { options: { grant: 'refresh_token' } }],
  [
    'a person, refresh tokens that stay',
    {
      by: 'urls',
      options: { grant: 'refresh_token', rotation: 'never' },
      server: { refreshToken: { rotation: 'never' } },
    },
  ],
]

describe.each(TRIALS)('%s [PV02, PV07]', (_, trial) => {
  providerConformance({ test: it, open: () => oauthWorld(trial) })
})
