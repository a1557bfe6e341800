import { createHash } from 'node:crypto'
import { ChaveiroError } from '@chaveiro/core'

/** The content of a record's file. `text: null`: deleted. `text: undefined`: damaged, or written for another key. */
export interface RecordFile {
  readonly version: string
  readonly text: string | null | undefined
  /** When it counts as absent, in epoch milliseconds. It stays with the record of its deletion, whose folder then goes. */
  readonly endsAt?: number | undefined
}

const VERSION = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|torn-[0-9a-f]{32})$/

/** What is written. */
export interface NextRecord {
  readonly version: string
  readonly text: string | null
  readonly endsAt?: number | undefined
}

export function encodeRecordFile(key: string, { version, text, endsAt }: NextRecord): string {
  return `${JSON.stringify({ format: 1, key, version, text, endsAt })}\n`
}

/** Is there a record for its readers at this instant? */
export function isLive({ text, endsAt }: RecordFile, now: number): boolean {
  return text !== null && (endsAt === undefined || endsAt > now)
}

/** What cannot be read gets a version that follows from its bytes, so that all readers agree on what they replace. */
export function decodeRecordFile(bytes: Uint8Array, key: string): RecordFile {
  const content = parsed(bytes)
  if (typeof content?.['format'] === 'number' && content['format'] > 1) {
    throw new ChaveiroError(
      'store',
      'The file of this record was written by a newer version of @chaveiro/stores: update this process. ' +
        'It was left as it is.',
    )
  }
  const { version, text } = content ?? {}
  if (
    content?.['format'] === 1 &&
    content['key'] === key &&
    typeof version === 'string' &&
    VERSION.test(version) &&
    (typeof text === 'string' || text === null)
  ) {
    return { version, text, ...endOf(content) }
  }
  return { version: `torn-${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`, text: undefined }
}

/** The key of the record in a file, if it can be read, was not deleted and has not ended. */
export function keyOfRecordFile(bytes: Uint8Array, now: number): string | undefined {
  const { key, text, endsAt } = parsed(bytes) ?? {}
  const isOver = typeof endsAt === 'number' && endsAt <= now
  return typeof key === 'string' && typeof text === 'string' && !isOver ? key : undefined
}

/** When the record in a file ends, or would have; `undefined`: it stays until it is deleted, or can't be read. */
export function endOfRecordFile(bytes: Uint8Array): number | undefined {
  return endOf(parsed(bytes)).endsAt
}

function endOf(content: Record<string, unknown> | undefined): { endsAt?: number } {
  const { endsAt } = content ?? {}
  return typeof endsAt === 'number' ? { endsAt } : {}
}

function parsed(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}
