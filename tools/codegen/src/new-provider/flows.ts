import type { JsonObject } from '../spec/json.ts'
import type { FlowName, PlannedInput, ProviderPlan, RefreshOperation, TokenOperation } from './plan.ts'

/** Marks what nobody has looked up yet. Whoever finishes the spec replaces it by a source, or by `undocumented`. */
export const PLACEHOLDER = 'PLACEHOLDER'

/** What a flow is made of before anything is known about the provider: names that are likely, and marked. */
export interface Flow {
  /** For the usage and the documents. */
  readonly summary: string
  readonly inputs: readonly PlannedInput[]
  readonly token: TokenOperation
  readonly refresh: RefreshOperation | undefined
  readonly persist: boolean
}

export const flows: Readonly<Record<FlowName, Flow>> = {
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
  'client-credentials': {
    summary: 'an application’s id and secret, sent as JSON, are exchanged for an access token',
    inputs: [
      input('clientId', 'The id of the application.', 'identity', 'client_id'),
      input('clientSecret', 'The secret of the same application.', 'secret', 'client_secret'),
    ],
    token: {
      ...operation('/oauth/token', ['grant_type', 'client_id', 'client_secret']),
      constants: { grant_type: 'client_credentials' },
    },
    refresh: undefined,
    persist: true,
  },
}

/** The plan of a provider of which only the id and the flow are known. */
export function planOf(id: string, flow: FlowName): ProviderPlan {
  const { inputs, token, refresh, persist } = flows[flow]
  const servers = [{ name: 'production', url: `https://api.${id}.example`, mark: PLACEHOLDER }]
  return {
    id,
    title: titleOf(id),
    version: 'undocumented',
    flow,
    from: undefined,
    servers,
    inputs,
    token,
    refresh,
    persist,
  }
}

function titleOf(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}

function input(name: string, description: string, kind: PlannedInput['kind'], field: string): PlannedInput {
  return { name, description, kind, sentIn: 'body', field }
}

function operation(path: string, fields: readonly string[]): TokenOperation {
  return {
    mark: PLACEHOLDER,
    operationId: 'issueToken',
    path,
    status: '200',
    request: fields.length === 0 ? undefined : { type: 'object', required: fields, properties: strings(fields) },
    answer: answer(['access_token', 'expires_in']),
    constants: {},
    accessToken: '/access_token',
    expires: { at: '/expires_in', format: 'undocumented' },
    refreshToken: undefined,
    refreshExpires: undefined,
  }
}

/** No field is required, because nobody has said so; an end may be of any type. */
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
