import { isFuture } from '../spec/bound-value.ts'
import { type ExpiryFormat, isStated, isZoneLess } from '../spec/call.ts'
import type { KeyPath } from '../spec/json.ts'
import { issuingCallsOf } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { type IssuedScheme, issuedSchemes } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** A wall-clock time is not an instant until the spec names its zone. */
export const checkExpiry: Rule = ({ model }) =>
  issuedSchemes(model).flatMap((scheme) =>
    datesOf(scheme).flatMap(({ at, format, zone }): readonly Problem[] => {
      if (isZoneLess(format) && zone === undefined) {
        return [
          {
            at,
            sentence: `\`${format}\` carries no zone. Say which one under \`zone\`: UTC, an IANA name, where the answer says it, or \`undocumented\`.`,
          },
        ]
      }
      if (!isZoneLess(format) && zone !== undefined) {
        return [{ at: [...at, 'zone'], sentence: `\`${format}\` is an instant already: \`zone\` would be ignored.` }]
      }
      if (zone !== undefined && !isReference(zone) && !isZone(zone)) {
        const sentence = `\`${zone}\` is not a zone. Say UTC, an IANA name such as America/Sao_Paulo, or where the answer says it.`
        return [{ at: [...at, 'zone'], sentence }]
      }
      return []
    }),
  )

function isReference(zone: string): boolean {
  return zone.startsWith('$') || zone.startsWith('/')
}

/** Abbreviations such as BRT mean several zones; those that Intl takes have no slash, and are refused anyway. */
function isZone(zone: string): boolean {
  if (zone === 'UTC' || zone === 'undocumented') return true
  try {
    return zone.includes('/') && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false // a RangeError
  }
}

interface PlacedDate {
  readonly at: KeyPath
  readonly format: ExpiryFormat
  readonly zone?: string | undefined
}

function datesOf({ at, lifecycle }: IssuedScheme): readonly PlacedDate[] {
  const dates: PlacedDate[] = []
  for (const { at: place, call } of issuingCallsOf(lifecycle)) {
    const here = [...at, ...place]
    if (isStated(call.expires)) dates.push({ ...call.expires, at: [...here, 'expires'] })
    const { refreshToken } = call
    if (isStated(refreshToken?.expires)) {
      dates.push({ ...refreshToken.expires, at: [...here, 'refreshToken', 'expires'] })
    }
    for (const [field, value] of Object.entries(call.body ?? {})) {
      if (isFuture(value)) dates.push({ format: value.format, zone: value.zone, at: [...here, 'body', field] })
    }
  }
  const shown = lifecycle.consent?.shown?.expires
  if (isStated(shown)) dates.push({ ...shown, at: [...at, 'consent', 'shown', 'expires'] })
  const listed = lifecycle.list?.expires
  return listed === undefined ? dates : [...dates, { ...listed, at: [...at, 'list', 'expires'] }]
}
