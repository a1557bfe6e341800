import { durationMs } from '../spec/duration.ts'
import { parseExpression } from '../spec/expression.ts'
import { pointerSegments } from '../spec/json-pointer.ts'
import type { Expires, ExpiresAt, IssuingCall } from '../spec/lifecycle.ts'
import type { AuthorKit } from './author-kit.ts'
import { memberAccess, readableNumber } from './names.ts'

/** The source of `grant({ accessToken: answer.access_token, … })`: the answer read by the pointers of the spec. */
export function grantSource(kit: AuthorKit, call: IssuingCall): string {
  const { expires, refreshToken, id } = call
  const members = [
    `accessToken: ${readSource(call.token)}`,
    expiryMember(kit, 'expiresAt', 'expiry', expires),
    refreshToken === undefined ? undefined : `refreshToken: ${readSource(refreshToken.token)}`,
    refreshToken === undefined
      ? undefined
      : expiryMember(kit, 'refreshExpiresAt', 'optionalExpiry', refreshToken.expires),
    id === undefined ? undefined : `id: ${readSource(id)}`,
  ]
  return `${kit.use('grant')}({ ${members.filter((member) => member !== undefined).join(', ')} })`
}

function expiryMember(
  kit: AuthorKit,
  member: 'expiresAt' | 'refreshExpiresAt',
  helper: 'expiry' | 'optionalExpiry',
  expires: Expires,
): string | undefined {
  const reading = readingSource(kit, expires)
  if (reading === undefined) return undefined
  const otherwise =
    'at' in expires && expires.otherwise !== undefined && expires.format !== 'undocumented'
      ? `, { otherwiseMs: ${readableNumber(durationMs(expires.otherwise))} }`
      : ''
  return `${member}: ${kit.use(helper)}(io, ${reading}${otherwise})`
}

/** A reader of core applied to what the answer says; `undefined` when nobody knows how to read it. */
function readingSource(kit: AuthorKit, expires: Expires): string | undefined {
  if ('after' in expires) return afterSource(kit, expires.after)
  const value = readSource(expires.at)
  switch (expires.format) {
    case 'seconds':
    case 'rfc3339':
      return `${kit.use(expires.format)}(${value})`
    case 'undocumented':
      return expires.otherwise === undefined ? undefined : afterSource(kit, expires.otherwise)
    default:
      return `${kit.use('zoned')}(${value}, ${JSON.stringify(expires.format)}, ${zoneSource(expires)})`
  }
}

function afterSource(kit: AuthorKit, duration: string): string {
  return `${kit.use('after')}(${readableNumber(durationMs(duration))})`
}

function zoneSource({ zone = 'UTC' }: ExpiresAt): string {
  return zone.startsWith('$') ? readSource(zone) : JSON.stringify(zone)
}

/** `$response.body#/expires/date` as `answer.expires?.date`: below the first level the answer is not trusted. */
function readSource(text: string): string {
  const expression = parseExpression(text)
  if (expression.kind !== 'body') throw new TypeError(`${text} is not in the body: lint lets no such value through`)
  const segments = pointerSegments(expression.pointer)
  return `answer${segments.map((segment, index) => memberAccess(segment, index > 0)).join('')}`
}
