import { describe, expect, test } from 'vitest'
import { released, specDiff } from './git-branch.ts'

/** A change of a spec, and what it means for those who use the package, most important first. */
type Changed = readonly [what: string, from: string, to: string, bump: 'minor' | 'patch', lines: readonly string[]]

const hosts: readonly Changed[] = [
  [
    'an API that is elsewhere from now on',
    'x-name: sandbox, x-api: https://sandbox.ferry.example/v3',
    'x-name: sandbox, x-api: https://sandbox.ferry.example/v4',
    'minor',
    [
      'breaks  the server sandbox was https://id.ferry.example/auth, with its API at https://sandbox.ferry.example/v3 and is https://id.ferry.example/auth, with its API at https://sandbox.ferry.example/v4',
    ],
  ],
  [
    'an operation on another host',
    'https://exit.ferry.example',
    'https://out.ferry.example',
    'minor',
    [
      'breaks  dismissBoat was POST /boats/end at https://exit.ferry.example or https://exit.sandbox.ferry.example and is POST /boats/end at https://out.ferry.example or https://exit.sandbox.ferry.example',
    ],
  ],
]

const consent: readonly Changed[] = [
  [
    'the page',
    'https://join.guild.example/agree?lang=pt',
    'https://join.guild.example/agree',
    'patch',
    ['other   memberToken.consent.request.url has changed'],
  ],
  [
    'a scope that is always asked for',
    'always: [offline], demanded: true',
    'always: [offline, read], demanded: true',
    'patch',
    ['other   memberToken.consent.request.scopes has changed'],
  ],
  [
    'scopes that are demanded',
    'scopes: { scopes: $account.scopes }\n            pkce: unsupported',
    'scopes: { scopes: $account.scopes, demanded: true }\n            pkce: unsupported',
    'minor',
    ['breaks  badgeToken.consent.request.scopes are demanded now: an account without any is refused'],
  ],
  [
    'what is kept of the answer',
    'meta: { member: $response.body#/member, realm: $callback.realm-id }',
    'meta: { member: $response.body#/member, house: $callback.realm-id }',
    'minor',
    [
      'breaks  memberToken.consent.exchange.meta.realm is gone',
      'new     memberToken.consent.exchange.meta.house is new',
    ],
  ],
  [
    'what says that a code is spent',
    'dead: [{ status: 400, body: { /error: code_used } }]',
    'dead: [{ status: 400, body: { /error: code_spent } }]',
    'patch',
    ['other   memberToken.consent.exchange.dead has changed'],
  ],
]

const variables: readonly Changed[] = [
  [
    'what a tenant may be called',
    '"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"',
    '"^[a-z0-9]{3,20}$"',
    'minor',
    [
      'breaks  the input shop of stallToken: pattern has changed',
      'breaks  the input shop of keeperToken: pattern has changed',
    ],
  ],
  [
    'the name under which a program passes it',
    '          shop: &shop\n',
    '          store: &shop\n',
    'minor',
    ['breaks  the input shop of stallToken is gone', 'breaks  the input store of stallToken is new and required'],
  ],
  [
    'which input fills it in',
    'variables: { shop-name: $inputs.shop }\n        acquire',
    'variables: { shop-name: $inputs.stall }\n        acquire',
    'minor',
    ['breaks  stallToken.variables has changed'],
  ],
]

const certificates: readonly Changed[] = [
  [
    'an input that is a certificate from now on',
    'consumerSecret: { description: The Consumer Secret., secret: true, env: VAULT_CONSUMER_SECRET }',
    'consumerSecret: { description: The Consumer Secret., kind: certificate }',
    'minor',
    [
      'breaks  the input consumerSecret of contractToken: secret has changed',
      'breaks  the input consumerSecret of contractToken: kind has changed',
      'breaks  the input consumerSecret of contractToken: env has changed',
    ],
  ],
  [
    'a certificate that is no longer asked for',
    '          certificate: { description: The certificate of the contractor., kind: certificate }\n',
    '',
    'minor',
    ['breaks  the input certificate of contractToken is gone'],
  ],
  [
    'which calls present it',
    '          security: { contractor: $inputs.certificate }\n',
    '',
    'patch',
    ['other   contractToken.api.security is no longer stated'],
  ],
  [
    'the secrets that come with a token',
    'secrets: { jwt: $response.body#/jwt_token }',
    'secrets: { proof: $response.body#/jwt_token }',
    'minor',
    ['breaks  contractToken.acquire.secrets.jwt is gone', 'new     contractToken.acquire.secrets.proof is new'],
  ],
  [
    'a secret without which there is no token',
    'secrets: { jwt: $response.body#/jwt_token }',
    'secrets: { jwt: { at: $response.body#/jwt_token, required: true } }',
    'patch',
    ['other   contractToken.acquire.secrets.jwt has changed'],
  ],
  [
    'the header that a token is sent in',
    'type: http\n      scheme: bearer\n      x-token-lifecycle',
    'type: apiKey\n      in: header\n      name: X-Token\n      x-token-lifecycle',
    'minor',
    ['breaks  the token contractToken was sent in Authorization: Bearer and is in X-Token'],
  ],
]

const limits: readonly Changed[] = [
  [
    'how often an endpoint may be called',
    'calls: 5',
    'calls: 9',
    'patch',
    ['other   driverToken.limit.calls has changed'],
  ],
  ['a lock-out', '        lockout: documented\n', '', 'patch', ['other   driverToken.lockout is gone']],
  [
    'when a new token is issued',
    'within: PT30M',
    'within: PT10M',
    'patch',
    ['other   gateToken.renew.within has changed'],
  ],
  [
    'a member that is written by hand from now on',
    'byHand: [acquire, authorize]',
    'byHand: [acquire, authorize, refresh]',
    'minor',
    ['breaks  gateToken.byHand has changed'],
  ],
  [
    'nothing that is written by hand',
    '        # Signed with the secret.\n        byHand: [acquire, authorize]\n',
    '',
    'minor',
    ['breaks  gateToken.byHand is gone'],
  ],
]

describe.each([
  ['ferry', 'several hosts', hosts],
  ['guild', 'a consent', consent],
  ['bazaar', 'a host for each tenant', variables],
  ['vault', 'a certificate', certificates],
  ['toll', 'limits and members by hand', limits],
] as const)('in the spec of %s, with %s', (id, _, changes) => {
  test.each(changes)('%s', async (_, from, to, bump, lines) => {
    const spec = `specs/${id}/openapi.yaml`
    const work = await released(id)
    await work.edit(spec, from, to)

    const { status, out, err } = await specDiff(work, 'main')

    expect(out).toEqual([`${spec}: @chaveiro/${id} needs ${bump}`, ...lines.map((line) => `  ${line}`)])
    expect({ status, err }).toEqual({
      status: 1,
      err: [
        `${spec} has changed, and no changeset says so. Run npx --yes pnpm@12.21.0 changeset, and choose @chaveiro/${id} and ${bump}.`,
      ],
    })
  })
})
