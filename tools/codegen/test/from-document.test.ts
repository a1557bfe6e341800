import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planOf } from '../src/new-provider/flows.ts'
import { recognise } from '../src/new-provider/from/recognise.ts'
import type { FlowName, ProviderPlan, Stated } from '../src/new-provider/plan.ts'
import { repository } from './temporary-repository.ts'

/** What is carried over of a document that a vendor publishes; what is missing here stays a placeholder. */
interface Carried {
  readonly document: string
  readonly flow: FlowName
  readonly servers: Readonly<Record<string, string>>
  /** The input that fills in what each user has of their own in the servers' URLs. */
  readonly tenant?: string
  readonly tokens: Readonly<Record<string, unknown>>
  readonly untold: readonly string[]
}

const SECOND_CALL = 'What a second call does, and what becomes of a used refresh token.'
const NO_CLIENT = 'How the client authenticates: neither a field nor a scheme of the token endpoint says it.'
const NO_CONTENT = 'Whether the token endpoint takes a form or JSON.'
const NO_ANSWER = 'What the token endpoint answers: the standard is assumed.'
const MORE = 'Whether callers need what the answer has besides: hub_id, token_use (`meta` keeps it).'
const NO_PKCE = 'Whether PKCE is supported.'

const documents: readonly Carried[] = [
  {
    document: 'hubspot-v1.yaml',
    flow: 'oauth-consent',
    servers: { production: 'https://api.hubapi.com' },
    tokens: {
      tokenUrl: 'https://api.hubapi.com/oauth/v1/token',
      authorizationUrl: 'https://app.hubspot.com/oauth/authorize',
      client: 'body',
      content: 'form',
      pkce: 'supported',
    },
    untold: [MORE, SECOND_CALL],
  },
  {
    document: 'hubspot-v3.yaml',
    flow: 'oauth-consent',
    servers: { production: 'https://api.hubapi.com' },
    tokens: {
      tokenUrl: 'https://api.hubapi.com/oauth/v1/token',
      authorizationUrl: 'https://app.hubspot.com/oauth/authorize',
      revoke: '/oauth/v3/token/revoke',
      client: 'body',
      content: 'form',
      pkce: 'supported',
    },
    untold: [
      'Which token endpoint holds: the flow names https://api.hubapi.com/oauth/v1/token, and the document describes POST /oauth/v3/token.',
      MORE,
      SECOND_CALL,
    ],
  },
  {
    document: 'hubspot-v3.yaml',
    flow: 'oauth',
    servers: { production: 'https://api.hubapi.com' },
    tokens: {
      tokenUrl: '/oauth/v3/token',
      revoke: '/oauth/v3/token/revoke',
      client: 'body',
      content: 'form',
    },
    untold: [
      'The flow clientCredentials: its schemes have authorizationCode. Begin with --flow oauth-consent for that one.',
      MORE,
      SECOND_CALL,
    ],
  },
  {
    document: 'vtex-id.yaml',
    flow: 'session',
    servers: { production: 'https://{accountName}.vtexcommercestable.com.br' },
    tenant: 'accountName',
    tokens: {
      path: '/api/vtexid/apptoken/login',
      content: 'json',
      accessToken: '/token',
      expires: { at: '/expires', format: 'epoch-seconds' },
      inputs: { appkey: 'appkey' },
    },
    untold: [
      "What accountName is in the server's URL, and what it may be: any host label for now.",
      'Which field of POST /api/vtexid/apptoken/login takes apptoken: apptoken is a placeholder.',
      'What a second call does, what becomes of a used refresh token, and which answers mean that a token is dead.',
    ],
  },
  {
    document: 'bcb-pix.yaml',
    flow: 'oauth',
    servers: {},
    tokens: { scopes: ['cob.write', 'cob.read'] },
    untold: [
      'The server https://pix.example.com/api/: it is an example.',
      'The server https://pix-h.example.com/api/: it is an example.',
      'The token endpoint: https://pix.example.com/oauth/token is an example.',
      NO_CLIENT,
      NO_CONTENT,
      NO_ANSWER,
      SECOND_CALL,
    ],
  },
  {
    document: 'paypal.yaml',
    flow: 'oauth',
    servers: { sandbox: 'https://api-m.sandbox.paypal.com', production: 'https://api-m.paypal.com' },
    tokens: { tokenUrl: '/v1/oauth2/token', scopes: ['https://uri.paypal.com/services/subscriptions'] },
    untold: [NO_CLIENT, NO_CONTENT, NO_ANSWER, SECOND_CALL],
  },
  {
    document: 'box.yaml',
    flow: 'oauth-consent',
    servers: { production: 'https://api.box.com/2.0' },
    tokens: {
      tokenUrl: 'https://api.box.com/oauth2/token',
      authorizationUrl: 'https://account.box.com/api/oauth2/authorize',
      revoke: 'https://api.box.com/oauth2/revoke',
      scopes: ['root_readonly'],
      client: 'body',
      content: 'form',
    },
    untold: [
      NO_PKCE,
      'Whether callers need what the answer has besides: restricted_to (`meta` keeps it).',
      SECOND_CALL,
    ],
  },
  {
    document: 'xero.yaml',
    flow: 'oauth-consent',
    servers: { production: 'https://api.xero.com/projects.xro/2.0' },
    tokens: {
      tokenUrl: 'https://identity.xero.com/connect/token',
      authorizationUrl: 'https://login.xero.com/identity/connect/authorize',
      scopes: ['projects', 'projects.read'],
    },
    untold: [NO_CLIENT, NO_CONTENT, NO_PKCE, NO_ANSWER, SECOND_CALL],
  },
]

test.each(documents.map((one) => [one.document, one.flow, one] as const))(
  'of %s, begun with --flow %s, it is told what is carried over and what is not',
  async (document, flow, { servers, tenant, tokens, untold }) => {
    const none = { client: undefined, content: undefined }
    const plan = await recognise(
      planOf('acme', flow, none),
      join(repository, 'tools/codegen/test/from', document),
      none,
    )

    const read = plan.servers.filter(({ mark }) => mark === `FROM ${document}`)
    expect(Object.fromEntries(read.map(({ name, url }) => [name, url]))).toEqual(servers)
    expect(plan.tenant?.name).toBe(tenant)
    expect(carriedOf(plan, `FROM ${document}`)).toEqual(tokens)
    expect(plan.from?.untold).toEqual(untold)
  },
)

test('what a contributor says wins over what the document says', async () => {
  const choices = { client: 'basic', content: 'json' } as const
  const file = join(repository, 'tools/codegen/test/from/hubspot-v3.yaml')
  const { tokens } = await recognise(planOf('acme', 'oauth', choices), file, choices)

  expect(tokens).toMatchObject({
    client: { value: 'basic', mark: 'PLACEHOLDER' },
    content: { value: 'json', mark: 'PLACEHOLDER' },
  })
})

/** Whatever bears the mark of the document. */
function carriedOf({ tokens, inputs }: ProviderPlan, mark: string): Readonly<Record<string, unknown>> {
  if (tokens.kind === 'written') {
    const { path, content, accessToken, expires } = tokens.token
    const bound = inputs.filter((input) => input.mark === mark).map(({ field, name }) => [field, name])
    return { path, content, accessToken, expires, inputs: Object.fromEntries(bound) }
  }
  const { tokenUrl, authorizationUrl, refreshUrl, revoke, client, content, pkce, scopes } = tokens
  const facts: Readonly<Record<string, Stated | undefined>> = {
    tokenUrl,
    authorizationUrl,
    refreshUrl,
    revoke,
    client,
    content,
    pkce,
  }
  const stated = Object.entries(facts).flatMap(([key, fact]) => (fact?.mark === mark ? [[key, fact.value]] : []))
  const names = Object.keys(scopes)
  return { ...Object.fromEntries(stated), ...(names.length > 0 ? { scopes: names } : {}) }
}
