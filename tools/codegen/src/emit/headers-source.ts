import { type Credential, credentialsOf } from '../spec/call-security.ts'
import type { SecurityScheme } from '../spec/spec.ts'
import type { LifecycleCall } from './lifecycle-call.ts'
import { TOKEN_NAMES, valueSource } from './value-source.ts'

/** What a call sends to be let in, as the member `headers` of its options. */
export function headersSource(subject: LifecycleCall): string | undefined {
  const { spec, scheme, key, call, operation } = subject
  const credentials = credentialsOf(spec, scheme, key, call, operation)
  const sources = credentials.flatMap((credential) => credentialSource(subject, credential))
  const [only, ...others] = sources
  if (only === undefined) return undefined
  // What is a whole object is taken as it is.
  if (others.length === 0 && only.startsWith('...')) {
    const whole = only.slice('...'.length)
    return whole === 'headers' ? whole : `headers: ${whole}`
  }
  return `headers: { ${sources.join(', ')} }`
}

/** The members that it adds to the headers. */
function credentialSource({ kit, spec, scheme }: LifecycleCall, credential: Credential): readonly string[] {
  if (credential.kind === 'own') {
    return scheme.security.kind === 'bearer'
      ? [`...${kit.use('bearer')}(${TOKEN_NAMES.value})`]
      : [tokenHeaderSource(scheme.security, TOKEN_NAMES.value)]
  }
  if (credential.kind === 'parent') return ['...headers']
  if (credential.kind === 'missing') return []
  const { bound } = credential
  const source = (expression: string) => valueSource(kit, scheme.lifecycle, expression)
  if (typeof bound === 'object') {
    const how = bound.encoded === true ? ', { encoded: true }' : ''
    return [`...${kit.use('basic')}(${source(bound.username)}, ${source(bound.password)}${how})`]
  }
  const declared = spec.securitySchemes.find(({ name }) => name === credential.scheme)
  // The connection presents it.
  if (declared?.kind === 'certificate') return []
  return declared === undefined || declared.kind === 'bearer'
    ? [`...${kit.use('bearer')}(${source(bound)})`]
    : [tokenHeaderSource(declared, source(bound))]
}

/** `"X-Token": token`, or the header Authorization with the scheme's own word. */
export function tokenHeaderSource(scheme: SecurityScheme, token: string): string {
  const [name, value] = tokenHeader(scheme, token)
  return `${JSON.stringify(name)}: ${value}`
}

/** The header that a token is sent in, and the source of its value. */
export function tokenHeader({ header, word = 'Bearer' }: SecurityScheme, token: string): readonly [string, string] {
  return header === undefined ? ['authorization', `\`${word} \${${token}}\``] : [header, token]
}
