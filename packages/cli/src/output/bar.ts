const CELLS = 10
// From nothing to a whole cell, in eighths.
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█']

/** A bar of ten cells. `undefined`: nobody knows. */
export function bar(share: number | undefined): string {
  if (share === undefined) return '·'.repeat(CELLS)
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * CELLS * 8)
  const filled = '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')
  return filled.padEnd(CELLS, '░')
}
