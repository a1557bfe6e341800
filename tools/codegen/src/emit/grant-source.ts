import { durationMs } from '../spec/duration.ts'
import type { Expires, IssuingCall } from '../spec/lifecycle.ts'
import { afterSource, bodyReader, dateSource, headerReader, placesRead, type Reader } from './answer-source.ts'
import type { AuthorKit } from './author-kit.ts'
import { readableNumber } from './names.ts'

/** The source of `checkGrant({ accessToken: answer.access_token, … })`: the answer read by the pointers of the spec. */
export function grantSource(kit: AuthorKit, call: IssuingCall): string {
  const { token, expires, refreshToken, id } = call
  const read = placesRead(call).has('header') ? headerReader : bodyReader
  const members = [
    `accessToken: ${read(token)}`,
    expiryMember(kit, read, 'expiresAt', expires),
    refreshToken === undefined ? undefined : `refreshToken: ${read(refreshToken.token)}`,
    refreshToken === undefined ? undefined : expiryMember(kit, read, 'refreshExpiresAt', refreshToken.expires),
    id === undefined ? undefined : `id: ${read(id)}`,
  ]
  return `${kit.use('checkGrant')}({ ${members.filter((member) => member !== undefined).join(', ')} })`
}

const EXPIRY_HELPERS = { expiresAt: 'expiry', refreshExpiresAt: 'optionalExpiry' } as const

function expiryMember(
  kit: AuthorKit,
  read: Reader,
  member: 'expiresAt' | 'refreshExpiresAt',
  expires: Expires,
): string | undefined {
  const reading = readingSource(kit, read, expires)
  if (reading === undefined) return undefined
  const otherwise =
    'at' in expires && expires.otherwise !== undefined && expires.format !== 'undocumented'
      ? `, { otherwiseMs: ${readableNumber(durationMs(expires.otherwise))} }`
      : ''
  return `${member}: ${kit.use(EXPIRY_HELPERS[member])}(io, ${reading}${otherwise})`
}

/** A reader of core applied to what the answer says; `undefined` when nobody knows how to read it. */
function readingSource(kit: AuthorKit, read: Reader, expires: Expires): string | undefined {
  if ('after' in expires) return afterSource(kit, expires.after)
  const { at, format, zone } = expires
  if (format !== 'undocumented') return dateSource(kit, read, { at, format, ...(zone === undefined ? {} : { zone }) })
  return expires.otherwise === undefined ? undefined : afterSource(kit, expires.otherwise)
}
