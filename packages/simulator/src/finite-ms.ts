/** An end that no date can express would not show before the first token. Negative is fine: such tokens arrive expired. */
export const finiteMs = (name: string, value: number): number => {
  if (!Number.isFinite(value)) throw new TypeError(`${name}: expected a finite number of milliseconds`)
  return value
}
