import {
  type Expires,
  type IssuingCall,
  isStated,
  type KeptSecret,
  type RefreshToken,
  secretPlace,
} from '../spec/call.ts'
import type { Shown } from '../spec/consent.ts'
import { durationMs } from '../spec/duration.ts'
import { afterSource, bodyReader, dateSource, headerReader, placesRead, type Reader } from './answer-source.ts'
import type { AuthorKit } from './author-kit.ts'
import { readableNumber } from './names.ts'

/** What a call has in hand besides its answer, by its sources. */
export interface InHand {
  /** The refresh token, where using it prolongs its life. */
  readonly kept?: string | undefined
  /** What was kept of the answers until now. */
  readonly before?: string | undefined
  /** The scopes that it asked for. */
  readonly asked?: string | undefined
  /** Between two scopes, where that is not a space. */
  readonly separator?: string | undefined
}

/**
 * The source of `checkGrant({ accessToken: answer.access_token, … })`: the answer read by the pointers of the spec.
 */
export function grantSource(kit: AuthorKit, call: IssuingCall, { kept, before, ...scopes }: InHand = {}): string {
  const { token, tokenType, expires, refreshToken, id, granted, meta, secrets } = call
  const read = placesRead(call).has('header') ? headerReader : bodyReader
  const isProlonged = refreshToken?.idle !== undefined && kept !== undefined
  const members = [
    `accessToken: ${read(token)}`,
    expiryMember(kit, read, expires),
    refreshToken && `refreshToken: ${read(refreshToken.token)}${isProlonged ? ` ?? ${kept}` : ''}`,
    refreshToken && refreshExpiryMember(kit, read, refreshToken),
    id === undefined ? undefined : `id: ${read(id)}`,
    tokenType && `tokenType: ${read(tokenType.at)}`,
    tokenType?.also && `bearerNames: ${JSON.stringify(tokenType.also)}`,
    granted && `scopes: ${kit.use('grantedScopes')}(${read(granted)}${optionsSource(scopeOptions(scopes))})`,
    meta && metaMember(kit, read, meta, before),
    secrets && `secrets: { ${fieldsRead(read, placesOf(secrets))} }`,
    requiredSecretsMember(secrets),
  ]
  return `${kit.use('checkGrant')}({ ${members.filter((member) => member !== undefined).join(', ')} })`
}

function scopeOptions({ asked, separator }: InHand): readonly string[] {
  return [
    ...(asked === undefined ? [] : [asked === 'asked' ? asked : `asked: ${asked}`]),
    ...(separator === undefined ? [] : [`separator: ${JSON.stringify(separator)}`]),
  ]
}

function metaMember(
  kit: AuthorKit,
  read: Reader,
  meta: Readonly<Record<string, string>>,
  before: string | undefined,
): string {
  return `meta: ${kit.use('keptFields')}({ ${fieldsRead(read, meta)} }${before === undefined ? '' : `, ${before}`})`
}

function placesOf(secrets: Readonly<Record<string, KeptSecret>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, secretPlace(secret)]))
}

function requiredSecretsMember(secrets: IssuingCall['secrets'] = {}): string | undefined {
  const names = Object.keys(secrets).filter((name) => typeof secrets[name] === 'object')
  return names.length === 0 ? undefined : `requiredSecrets: ${JSON.stringify(names)}`
}

function fieldsRead(read: Reader, fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, text]) => `${name}: ${read(text)}`)
    .join(', ')
}

function expiryMember(kit: AuthorKit, read: Reader, expires: Expires): string | undefined {
  const reading = readingSource(kit, read, expires)
  return reading && `expiresAt: ${kit.use('expiry')}(io, ${reading}${optionsSource(otherwiseOf(expires))})`
}

function refreshExpiryMember(kit: AuthorKit, read: Reader, { expires, idle }: RefreshToken): string | undefined {
  const reading = readingSource(kit, read, expires)
  const end = reading ?? (idle === undefined ? undefined : afterSource(kit, idle))
  if (end === undefined) return undefined
  // Where nothing else is read, how long it lives unused is its end.
  const isBoth = reading !== undefined && idle !== undefined
  const options = [...otherwiseOf(expires), ...(isBoth ? [`idleMs: ${readableNumber(durationMs(idle))}`] : [])]
  return `refreshExpiresAt: ${kit.use('optionalExpiry')}(io, ${end}${optionsSource(options)})`
}

function otherwiseOf(expires: Expires | undefined): readonly string[] {
  if (!isStated(expires) || expires.otherwise === undefined || expires.format === 'undocumented') return []
  return [`otherwiseMs: ${readableNumber(durationMs(expires.otherwise))}`]
}

function optionsSource(options: readonly string[]): string {
  return options.length === 0 ? '' : `, { ${options.join(', ')} }`
}

/** The source of what is shown to a person: `{ userCode: answer.userCode, … }`. */
export function shownSource(kit: AuthorKit, call: Shown): string {
  const { userCode, verificationUrl, verifier, expires } = call
  const read = placesRead(call).has('header') ? headerReader : bodyReader
  const reading = readingSource(kit, read, expires)
  const members = [
    `userCode: ${read(userCode)}`,
    `verificationUrl: ${read(verificationUrl)}`,
    `verifier: ${read(verifier)}`,
    reading && `expiresAt: ${kit.use('optionalExpiry')}(io, ${reading}${optionsSource(otherwiseOf(expires))})`,
  ]
  return `{ ${members.filter((member) => member !== undefined).join(', ')} }`
}

/** A reader of core applied to what the answer says; `undefined` if the spec doesn't say how to read it. */
function readingSource(kit: AuthorKit, read: Reader, expires: Expires | undefined): string | undefined {
  if (typeof expires !== 'object') return undefined
  if (!isStated(expires)) return afterSource(kit, expires.after)
  const { at, format, zone } = expires
  if (format !== 'undocumented') return dateSource(kit, read, { at, format, ...(zone === undefined ? {} : { zone }) })
  return expires.otherwise === undefined ? undefined : afterSource(kit, expires.otherwise)
}
