import type { DocumentedExample } from './example.ts'
import { isObject, type Json, type JsonObject, type KeyPath, listIn, objectIn, stringIn } from './json.ts'
import type { IssuedLifecycle, Lifecycle } from './lifecycle.ts'
import { type Operation, readOperations } from './operations.ts'
import { follow } from './references.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A spec as every emitter sees it: bundled once, checked, and read into the words of the vocabulary. */
export interface Spec extends SpecModel {
  /** The folder's name: `bitize`. */
  readonly id: string
  /** From the root of the repository: `specs/bitize/openapi.yaml`. */
  readonly file: string
  /** SHA-256 of the spec's text, its first 16 hex digits. */
  readonly sha256: string
  readonly examples: readonly DocumentedExample[]
}

/** The content of the document. */
export interface SpecModel {
  readonly title: string
  /** Bundled: every `$ref` points into this document. */
  readonly document: JsonObject
  readonly servers: readonly Server[]
  /** Servers whose host no document names: where users find it, by name. */
  readonly undocumentedServers: Readonly<Record<string, string>>
  readonly operations: readonly Operation[]
  /** All that the document declares. */
  readonly securitySchemes: readonly SecurityScheme[]
  /** The security schemes that have a lifecycle. */
  readonly schemes: readonly TokenScheme[]
  /** Of those that `standard` was written out for, the words that the author wrote. */
  readonly expanded: Readonly<Record<string, readonly string[]>>
  /** Headers in which the provider documents how long to wait. */
  readonly retryAfter: readonly RetryHint[]
}

export interface Server {
  readonly name: string
  readonly url: string
  /** Where the API is, if it is elsewhere. */
  readonly api: string | undefined
  readonly at: KeyPath
}

interface RetryHint {
  readonly header: string
  readonly as: 'seconds' | 'http-date'
}

/** A security scheme as OpenAPI describes it. */
export interface SecurityScheme {
  readonly name: string
  readonly at: KeyPath
  /**
   * How it is sent: `key` is a header of its own, `scheme` the header Authorization with another word than Bearer,
   * `other` everything that the generator does not write.
   */
  readonly kind: 'bearer' | 'basic' | 'key' | 'scheme' | 'certificate' | 'other'
  /** The name of a key's header. */
  readonly header: string | undefined
  /** The word before the token, where it is not Bearer. */
  readonly word: string | undefined
  readonly hasLifecycle: boolean
}

interface TokenScheme {
  readonly name: string
  /** Of the scheme's lifecycle. */
  readonly at: KeyPath
  readonly security: SecurityScheme
  readonly lifecycle: Lifecycle
}

/** A scheme whose token is issued by an operation of the document. */
export interface IssuedScheme extends TokenScheme {
  readonly lifecycle: IssuedLifecycle
}

/** Reads a bundled document. What does not fit the vocabulary is left out: lint reports it. */
export function readSpecModel(document: JsonObject, vocabulary: Vocabulary): SpecModel {
  const undocumented = objectIn(document, 'x-undocumented-servers')
  const declared = Object.entries(objectIn(document['components'], 'securitySchemes'))
  return {
    title: stringIn(document['info'], 'title') ?? '',
    document,
    servers: readServers(document, []),
    undocumentedServers: Object.fromEntries(
      Object.keys(undocumented).map((name) => [name, stringIn(undocumented, name) ?? '']),
    ),
    operations: readOperations(document),
    expanded: {},
    retryAfter: listIn(document['x-retry'], 'after').flatMap((hint) => {
      const as = stringIn(hint, 'as')
      return as === 'seconds' || as === 'http-date' ? [{ header: stringIn(hint, 'header') ?? '', as }] : []
    }),
    securitySchemes: declared.map(([name, scheme]) => readSecurityScheme(document, name, scheme)),
    schemes: declared.flatMap(([name, scheme]) => {
      const lifecycle = isObject(scheme) ? scheme['x-token-lifecycle'] : undefined
      if (lifecycle === undefined || !vocabulary.isLifecycle(lifecycle)) return []
      const security = readSecurityScheme(document, name, scheme)
      return [{ name, at: [...security.at, 'x-token-lifecycle'], security, lifecycle }]
    }),
  }
}

/** The servers of a document or of a path. */
export function readServers(owner: Json | undefined, at: KeyPath): readonly Server[] {
  return listIn(owner, 'servers').map((server, index) => ({
    name: stringIn(server, 'x-name') ?? '',
    url: stringIn(server, 'url') ?? '',
    api: stringIn(server, 'x-api'),
    at: [...at, 'servers', index],
  }))
}

function readSecurityScheme(document: JsonObject, name: string, value: Json): SecurityScheme {
  const scheme = follow(document, value)
  const isKey = scheme['type'] === 'apiKey' && scheme['in'] === 'header'
  const word = scheme['type'] === 'http' ? stringIn(scheme, 'scheme') : undefined
  const isCertificate = scheme['type'] === 'mutualTLS'
  const kind = isKey ? 'key' : isCertificate ? 'certificate' : word === undefined ? 'other' : kindOf(word.toLowerCase())
  return {
    name,
    at: ['components', 'securitySchemes', name],
    kind,
    header: isKey ? stringIn(scheme, 'name') : undefined,
    word: kind === 'scheme' ? word : undefined,
    hasLifecycle: scheme['x-token-lifecycle'] !== undefined,
  }
}

// Of these something is computed for each request (IANA's registry of HTTP authentication schemes).
const COMPUTED = /^(digest|dpop|hoba|mutual|negotiate|ntlm|scram-.*|vapid|gnap|privatetoken)$/

function kindOf(word: string): SecurityScheme['kind'] {
  if (word === 'bearer' || word === 'basic') return word
  return COMPUTED.test(word) ? 'other' : 'scheme'
}

/** The schemes whose tokens are issued here. */
export function issuedSchemes(model: SpecModel): readonly IssuedScheme[] {
  return model.schemes.flatMap((scheme) =>
    'supplied' in scheme.lifecycle ? [] : [{ ...scheme, lifecycle: scheme.lifecycle }],
  )
}

/** Every way to be let in takes a token that belongs on a customer's own device, so that no server may call it. */
export function isForDevices(model: SpecModel, { requirements }: Operation): boolean {
  const names = model.schemes.filter(({ lifecycle }) => 'supplied' in lifecycle && lifecycle.supplied === 'device')
  return requirements.length > 0 && requirements.every((all) => names.some(({ name }) => all.includes(name)))
}

/** Where an operation is: the servers of its path, or the document's. */
export function serversOf(model: SpecModel, { path }: Operation): readonly Server[] {
  const own = readServers(objectIn(objectIn(model.document, 'paths'), path), ['paths', path])
  return own.length > 0 ? own : model.servers
}

/** Is it on hosts of its own? */
export function isElsewhere(model: SpecModel, operation: Operation): boolean {
  return hostsOf(serversOf(model, operation)) !== hostsOf(model.servers)
}

/** The same text for the same hosts. */
export function hostsOf(servers: readonly Server[]): string {
  return JSON.stringify(servers.map(({ name, url, api }) => [name, url, api]))
}

/** The operation with this id. */
export function operationOf(model: SpecModel, operationId: string): Operation | undefined {
  return model.operations.find((operation) => operation.id === operationId)
}
