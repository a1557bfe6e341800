import { ChaveiroError } from '../errors.ts'
import type { StoredRecord } from './token-store.ts'

/** What `read` of a store answered: a record, or `undefined` for both ways to say that it's absent. */
export function storedRecord(answer: unknown): StoredRecord | undefined {
  if (answer === undefined || answer === null) return undefined
  const { version, value }: { version?: unknown; value?: unknown } = typeof answer === 'object' ? answer : {}
  if (isVersion(version) && (value === undefined || typeof value === 'string')) return { version, value }
  const parts = typeof answer === 'object' ? ` with version: ${kind(version)} and value: ${kind(value)}` : ''
  throw misfit('read', kind(answer) + parts, '{ version, value }, undefined or null')
}

/** What `commit` of a store answered: the new version. */
export function newVersion(answer: unknown): string {
  if (isVersion(answer)) return answer
  throw misfit('commit', kind(answer), 'the new version, a text')
}

function isVersion(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** Only the shape: the content may be a token. Another try doesn't help, so the action is to fix the store. */
function misfit(method: 'read' | 'commit', shape: string, instead: string): ChaveiroError {
  const message = `${method}() of the token store answered ${shape} instead of ${instead}. Fix ${method}() of this store.`
  return new ChaveiroError('store', message, { action: 'fix-configuration' })
}

function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (value === '') return 'an empty string'
  return Array.isArray(value) ? 'array' : typeof value
}
