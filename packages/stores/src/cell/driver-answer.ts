import { ChaveiroError } from '@chaveiro/core'

/** Text that a driver gave as text or as bytes, also those of another realm; `undefined` for anything else. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (!ArrayBuffer.isView(value)) return undefined
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** What an answer is, for a message. Its content stays out, because it may be a token. */
export function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (ArrayBuffer.isView(value)) return 'bytes'
  if (value === null || value === undefined) return String(value)
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** An answer that the driver's options have made unreadable. Trying again doesn't help, so the action says so. */
export function unreadableAnswer(sentence: string): ChaveiroError {
  return new ChaveiroError('store', sentence, { action: 'fix-configuration' })
}
