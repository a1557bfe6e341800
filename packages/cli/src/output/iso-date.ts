/** An instant for programs. `null`, so that the field is there: nobody knows. */
export function isoDate(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : new Date(epochMs).toISOString()
}
