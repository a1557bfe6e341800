import { type ExpiryFormat, type IssuingCall, isStated, secretPlace } from '../spec/call.ts'
import type { Shown } from '../spec/consent.ts'
import { durationMs } from '../spec/duration.ts'
import { parseExpression } from '../spec/expression.ts'
import { pointerSegments } from '../spec/json-pointer.ts'
import type { AuthorKit } from './author-kit.ts'
import { memberAccess, readableNumber } from './names.ts'

/** How emitted code gets at a value of an answer: the value's source by the words of the spec. */
export type Reader = (text: string) => string

/** Reads `$response.body#/expires/date` as `answer.expires?.date`. */
export const bodyReader: Reader = (text) => {
  const expression = parseExpression(text)
  if (expression.kind === 'callback') return callbackSource(expression.name)
  if (expression.kind !== 'body') throw new TypeError(`${text} is not in the body: lint lets no such value through`)
  return pointerSource('answer', expression.pointer)
}

/** Reads from the body and from headers, of what `expectHeaders` gives. */
export const headerReader: Reader = (text) => {
  const expression = parseExpression(text)
  if (expression.kind === 'header') return `headers.get(${JSON.stringify(expression.name)})`
  if (expression.kind === 'callback') return callbackSource(expression.name)
  if (expression.kind !== 'body') throw new TypeError(`${text} is not in the answer: lint lets no such value through`)
  return pointerSource('data', expression.pointer, true)
}

function callbackSource(name: string): string {
  return `callback[${JSON.stringify(name)}]`
}

/** Reads `/expires/date` within a listed item as `item.expires?.date`. */
export const itemReader: Reader = (pointer) => pointerSource('item', pointer)

/** Below the first level an answer is not trusted to have what its schema has. */
function pointerSource(root: string, pointer: string, isRootOptional = false): string {
  const segments = pointerSegments(pointer)
  return `${root}${segments.map((segment, index) => memberAccess(segment, isRootOptional || index > 0)).join('')}`
}

/** Where a call's values stand. */
export function placesRead(call: IssuingCall | Shown): ReadonlySet<'body' | 'header'> {
  const texts = 'userCode' in call ? textsShown(call) : textsOf(call)
  const kinds = texts.map((text) => (text === undefined ? undefined : parseExpression(text).kind))
  return new Set(kinds.filter((kind) => kind === 'body' || kind === 'header'))
}

function textsShown({ userCode, verificationUrl, verifier, expires }: Shown): readonly (string | undefined)[] {
  return [userCode, verificationUrl, verifier, ...placesOf(expires)]
}

function textsOf({
  token,
  id,
  tokenType,
  expires,
  refreshToken,
  granted,
  meta = {},
  secrets = {},
}: IssuingCall): readonly (string | undefined)[] {
  return [
    token,
    id,
    tokenType?.at,
    granted,
    ...Object.values(meta),
    ...Object.values(secrets).map(secretPlace),
    ...placesOf(expires),
    refreshToken?.token,
    ...placesOf(refreshToken?.expires),
  ]
}

function placesOf(expires: IssuingCall['expires'] | undefined): readonly (string | undefined)[] {
  return isStated(expires) ? [expires.at, expires.zone] : []
}

/** A date as the answer writes it. */
interface WrittenDate {
  readonly at: string
  readonly format: Exclude<ExpiryFormat, 'undocumented'>
  readonly zone?: string
}

/** A reader of core applied to a date: `rfc3339(answer.ends)`. */
export function dateSource(kit: AuthorKit, read: Reader, { at, format, zone = 'UTC' }: WrittenDate): string {
  switch (format) {
    case 'seconds':
    case 'rfc3339':
      return `${kit.use(format)}(${read(at)})`
    case 'epoch-seconds':
      return `${kit.use('epoch')}(${read(at)}, 'seconds')`
    case 'epoch-millis':
      return `${kit.use('epoch')}(${read(at)}, 'milliseconds')`
    case 'jwt-exp':
      return `${kit.use('jwtExp')}(${read(at)})`
  }
  // Of UTC and −03:00, which an undocumented zone most likely is here, UTC gives the earlier end.
  const stated = zone === 'undocumented' ? 'UTC' : zone
  const zoneSource = /^[$/]/.test(stated) ? read(stated) : JSON.stringify(stated)
  return `${kit.use('zoned')}(${read(at)}, ${JSON.stringify(format)}, ${zoneSource})`
}

/** `afterDuration(604_800_000)`: a life that the documents state. */
export function afterSource(kit: AuthorKit, duration: string): string {
  return `${kit.use('afterDuration')}(${readableNumber(durationMs(duration))})`
}
