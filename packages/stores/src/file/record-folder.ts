import { createHash } from 'node:crypto'
import { join } from 'node:path'

const OURS = /^(?:x-)?[0-9a-f]{64}$/

/**
 * The folder of a record. The engine's keys are digests already and name it as they are; any other key does so by its
 * digest, because file systems disagree on case, on accents and on what a name may hold.
 */
export function recordFolder(directory: string, key: string): string {
  if (/^[0-9a-f]{64}$/.test(key)) return join(directory, key)
  return join(directory, `x-${createHash('sha256').update(key).digest('hex')}`)
}

/** The folder with a note for each record that ends by itself. */
export const ENDS = 'ends'

export function isRecordFolder(name: string): boolean {
  return OURS.test(name)
}
