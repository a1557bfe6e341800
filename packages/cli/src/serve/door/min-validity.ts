const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** The token door's only parameter; `undefined`: it isn't there. */
export function parseMinValidity(query: string): number | undefined | 'bad' {
  if (query === '' || query === '?') return undefined
  const [, digits = '', unit = ''] = /^\?min_validity=(\d{1,10})(ms|s|m|h|d)$/.exec(query) ?? []
  const ms = Number(digits) * (UNITS_MS[unit] ?? 0)
  return ms > 0 ? ms : 'bad'
}
