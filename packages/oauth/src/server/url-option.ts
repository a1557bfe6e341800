import type { InsecureHttpOption } from '@chaveiro/core'
import { requireSafeOrigin } from '@chaveiro/core/provider'

/**
 * A URL that an option names, which may get secrets.
 * @throws {TypeError} that names the option and never quotes it.
 */
export function urlOption(name: string, value: unknown, options: InsecureHttpOption): URL {
  const url = parsedUrl(value)
  if (url === undefined) throw new TypeError(`Option ${name} is a whole URL: 'https://…'.`)
  requireSafeOrigin(url, name, options)
  if (url.hash !== '') throw new TypeError(`Option ${name} must not have a fragment (RFC 6749 §3.2).`)
  return url
}

/** The URL that a value says, or `undefined`. */
export function parsedUrl(value: unknown): URL | undefined {
  try {
    return new URL(String(value))
  } catch {
    return undefined
  }
}
