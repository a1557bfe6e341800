import type { ExpiryFormat } from '../spec/call.ts'
import type { JsonObject } from '../spec/json.ts'

/** How a provider gives tokens, as far as the shape of its spec depends on it. */
export type FlowName = WrittenFlowName | StandardFlowName

/** The operations are written out. */
export type WrittenFlowName = 'keys' | 'exchange' | 'session'

/** `standard: oauth2` says them, for an application's token and for a person's. */
export type StandardFlowName = 'oauth' | 'oauth-consent'

/** What the files of a new provider are written from: the flow's placeholders, and what another document says. */
export interface ProviderPlan {
  readonly id: string
  /** As people write it: `Acme Pay`. */
  readonly title: string
  readonly version: string
  readonly flow: FlowName
  /** The other document that this one is begun from, if there is one. */
  readonly from: FromDocument | undefined
  readonly servers: readonly PlannedServer[]
  /** Where each user has a host of their own. */
  readonly tenant: PlannedTenant | undefined
  readonly inputs: readonly PlannedInput[]
  readonly tokens: WrittenTokens | StandardTokens
}

/** What was read of another OpenAPI document. */
interface FromDocument {
  /** Its file's name, without folders. */
  readonly name: string
  /** Sentences about what could not be told from it. */
  readonly untold: readonly string[]
}

export interface PlannedServer {
  readonly name: string
  readonly url: string
  readonly mark: string
}

/** A part of the servers' URLs that each user has of their own. */
export interface PlannedTenant {
  /** Between braces in the URLs. */
  readonly variable: string
  /** The input that fills it in. */
  readonly name: string
  readonly mark: string
}

/** What the user configures, and where the token operation wants it. */
export interface PlannedInput {
  readonly name: string
  readonly description: string
  /** `plain` is neither the account's name nor a secret. */
  readonly kind: 'identity' | 'secret' | 'plain'
  readonly sentIn: 'body' | 'path' | 'bearer'
  /** The name of the body's field or of the path's parameter. */
  readonly field: string
  /** `PLACEHOLDER`, or where its place was read. */
  readonly mark: string
}

/** Tokens whose operations are written out. */
export interface WrittenTokens {
  readonly kind: 'written'
  readonly token: TokenOperation
  readonly refresh: RefreshOperation | undefined
  /** `false`: the token is kept in memory only. */
  readonly persist: boolean
}

/** How a token endpoint takes its body. */
export type Content = 'form' | 'json'

/** The operation that issues a token. */
export interface TokenOperation {
  /** `PLACEHOLDER`, or where it was read. */
  readonly mark: string
  readonly operationId: string
  readonly path: string
  readonly status: string
  readonly content: Content
  /** Of its body; none: it takes no body. */
  readonly request: JsonObject | undefined
  readonly answer: JsonObject
  /** Fields of the body that are always the same. */
  readonly constants: Readonly<Record<string, string>>
  /** JSON Pointers into the answer. */
  readonly accessToken: string
  readonly expires: { readonly at: string; readonly format: ExpiryFormat }
  readonly refreshToken: string | undefined
  readonly refreshExpires: string | undefined
}

/** The operation that takes a refresh token; its answer is that of the token operation. */
export interface RefreshOperation {
  readonly operationId: string
  readonly path: string
  readonly field: string
}

/** Tokens by the standard (RFC 6749): what it leaves open. */
export interface StandardTokens {
  readonly kind: 'standard'
  readonly grant: 'clientCredentials' | 'authorizationCode'
  readonly tokenUrl: Stated
  /** With `authorizationCode` only. */
  readonly authorizationUrl: Stated | undefined
  readonly refreshUrl: Stated | undefined
  readonly revoke: Stated | undefined
  /** What exists, with what each is for. */
  readonly scopes: Readonly<Record<string, string>>
  readonly client: Stated<ClientMethod>
  readonly content: Stated<Content>
  /** With `authorizationCode` only. */
  readonly pkce: Stated<'supported' | 'unknown'>
}

/** How the client says who it is. */
export type ClientMethod = 'basic' | 'basic-encoded' | 'body' | 'none'

/** A value, with `PLACEHOLDER` or where it was read. */
export interface Stated<T extends string = string> {
  readonly value: T
  readonly mark: string
}
