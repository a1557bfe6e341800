import type { JsonObject } from '../spec/json.ts'
import type {
  ClientMethod,
  Content,
  FlowName,
  PlannedInput,
  PlannedTenant,
  ProviderPlan,
  RefreshOperation,
  StandardFlowName,
  StandardTokens,
  Stated,
  TokenOperation,
  WrittenFlowName,
  WrittenTokens,
} from './plan.ts'

/** Marks what is not looked up yet. Finishing a spec means to replace it by a source, or by `undocumented`. */
export const PLACEHOLDER = 'PLACEHOLDER'

/** What a flow is made of before anything is known about the provider: names that are likely, and marked. */
interface Flow {
  readonly summary: string
  readonly inputs: readonly PlannedInput[]
  readonly token: TokenOperation
  readonly refresh: RefreshOperation | undefined
  readonly persist: boolean
}

const flows: Readonly<Record<WrittenFlowName, Flow>> = {
  keys: {
    summary: 'two keys are exchanged for an access token and a refresh token',
    inputs: [
      input('publicKey', 'The public key of an integration.', 'identity', 'public_key'),
      input('secretKey', 'The secret key of the same integration.', 'secret', 'secret_key'),
    ],
    token: {
      ...operation('/auth', ['public_key', 'secret_key']),
      answer: answer(['access_token', 'expires_in', 'refresh_token', 'refresh_expires_in']),
      refreshToken: '/refresh_token',
      refreshExpires: '/refresh_expires_in',
    },
    refresh: { operationId: 'refreshToken', path: '/auth/refresh', field: 'refresh_token' },
    persist: true,
  },
  exchange: {
    summary: 'a permanent key is exchanged for an access token, again whenever that ends',
    inputs: [
      { ...input('accountId', 'The id of the account.', 'identity', 'accountId'), sentIn: 'path' },
      { ...input('permanentKey', 'The permanent key of the account.', 'secret', ''), sentIn: 'bearer' },
    ],
    token: operation('/accounts/{accountId}/tokens', []),
    refresh: undefined,
    persist: true,
  },
  session: {
    summary: 'a user’s name and password open a session, which is kept in memory only',
    inputs: [
      input('username', 'The name with which the user logs in.', 'identity', 'username'),
      input('password', 'The password of the same user.', 'secret', 'password'),
    ],
    token: operation('/login', ['username', 'password']),
    refresh: undefined,
    persist: false,
  },
}

const OAUTH = {
  oauth: "an application's id and secret are exchanged for an access token (client credentials)",
  'oauth-consent': 'a person agrees once, in the browser, and a refresh token follows (authorization code)',
} as const

/** What each flow is, for the usage and the documents. */
export const summaries: Readonly<Record<FlowName, string>> = {
  keys: flows.keys.summary,
  exchange: flows.exchange.summary,
  session: flows.session.summary,
  ...OAUTH,
}

/** What a contributor says about a standard token endpoint. */
export interface StandardChoices {
  readonly client: ClientMethod | undefined
  readonly content: Content | undefined
}

/** The plan of a provider of which only the id and the flow are known. */
export function planOf(id: string, flow: FlowName, choices: StandardChoices, tenant?: PlannedTenant): ProviderPlan {
  const host = `${tenant === undefined ? 'api' : `{${tenant.variable}}`}.${id}.example`
  const tokens = isStandard(flow) ? standardTokens(host, flow, choices) : writtenTokens(flow)
  return {
    id,
    title: titleOf(id),
    version: 'undocumented',
    flow,
    from: undefined,
    servers: [{ name: 'production', url: `https://${host}`, mark: PLACEHOLDER }],
    tenant,
    inputs: isStandard(flow) ? clientInputs(flow, choices.client) : flows[flow].inputs,
    tokens,
  }
}

function isStandard(flow: FlowName): flow is StandardFlowName {
  return flow === 'oauth' || flow === 'oauth-consent'
}

function writtenTokens(flow: WrittenFlowName): WrittenTokens {
  const { token, refresh, persist } = flows[flow]
  return { kind: 'written', token, refresh, persist }
}

function standardTokens(host: string, flow: StandardFlowName, { client, content }: StandardChoices): StandardTokens {
  const isConsent = flow === 'oauth-consent'
  return {
    kind: 'standard',
    grant: isConsent ? 'authorizationCode' : 'clientCredentials',
    tokenUrl: unread('/oauth/token'),
    authorizationUrl: isConsent ? unread(`https://${host}/oauth/authorize`) : undefined,
    refreshUrl: undefined,
    revoke: undefined,
    scopes: {},
    client: unread(client ?? 'body'),
    content: unread(content ?? 'form'),
    // Sent anyway, unless a document says that it is unsupported.
    pkce: unread('unknown'),
  }
}

/** The inputs of a standard client: the names are the vocabulary's. An application has one id for all who agree. */
export function clientInputs(flow: StandardFlowName, client: ClientMethod | undefined): readonly PlannedInput[] {
  const kind = flow === 'oauth' ? 'identity' : 'plain'
  const id = input('clientId', 'The id of the application.', kind, 'client_id')
  const secret = input('clientSecret', 'The secret of the same application.', 'secret', 'client_secret')
  return client === 'none' ? [id] : [id, secret]
}

function unread<T extends string>(value: T): Stated<T> {
  return { value, mark: PLACEHOLDER }
}

function titleOf(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}

function input(name: string, description: string, kind: PlannedInput['kind'], field: string): PlannedInput {
  return { name, description, kind, sentIn: 'body', field, mark: PLACEHOLDER }
}

function operation(path: string, fields: readonly string[]): TokenOperation {
  return {
    mark: PLACEHOLDER,
    operationId: 'issueToken',
    path,
    status: '200',
    content: 'json',
    request: fields.length === 0 ? undefined : { type: 'object', required: fields, properties: strings(fields) },
    answer: answer(['access_token', 'expires_in']),
    constants: {},
    accessToken: '/access_token',
    expires: { at: '/expires_in', format: 'undocumented' },
    refreshToken: undefined,
    refreshExpires: undefined,
  }
}

/** No field is required, because no document has said so; an end may be of any type. */
function answer(fields: readonly string[]): JsonObject {
  const ends = fields.filter((field) => field.includes('expires'))
  const tokens = fields.filter((field) => !ends.includes(field))
  const properties = {
    ...strings(tokens),
    ...Object.fromEntries(ends.map((field) => [field, { description: PLACEHOLDER }])),
  }
  return { type: 'object', properties }
}

function strings(fields: readonly string[]): JsonObject {
  return Object.fromEntries(fields.map((field) => [field, { type: 'string', description: PLACEHOLDER }]))
}
