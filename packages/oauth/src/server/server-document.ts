import { ChaveiroError } from '@chaveiro/core'
import type { ProviderIo } from '@chaveiro/core/provider'
import { parsedUrl } from './url-option.ts'
import { documentUrls } from './well-known.ts'

/** What a server says about itself (RFC 8414 §2), unread: any field may hold anything. */
export type ServerDocument = Readonly<Record<string, unknown>>

/**
 * Reads an issuer's document, from the first place that has one.
 * @throws {ChaveiroError} `unavailable` while there is no answer; `misconfigured` if there is no document, or one about
 *   another issuer (RFC 8414 §3.3).
 */
export async function readServerDocument(io: Pick<ProviderIo, 'lookUp'>, issuer: string): Promise<ServerDocument> {
  const seen: string[] = []
  for (const url of documentUrls(new URL(issuer))) {
    const response = await io.lookUp(url)
    const { status } = response
    if (status >= 500 || status === 429 || status === 408)
      throw new ChaveiroError('unavailable', `${url.href} was answered with ${status}. It is read again after a pause.`)
    const document = response.ok ? await objectIn(response) : undefined
    if (document) return ofIssuer(document, issuer)
    seen.push(`${url.href} was answered with ${status}${response.ok ? ', but no JSON object of at most 1 MiB' : ''}`)
  }
  throw new ChaveiroError(
    'misconfigured',
    `${seen.join('; ')}. Redirects aren't followed. Check the issuer, or pass tokenUrl instead.`,
  )
}

/** RFC 8414 §3.3: identical, or the document must not be used. */
function ofIssuer(document: ServerDocument, issuer: string): ServerDocument {
  const { issuer: named } = document
  if (named === issuer) return document
  throw new ChaveiroError(
    'misconfigured',
    `The document of the issuer ${issuer} names ${named === undefined ? 'none' : shown(named)}, so it was not used. ` +
      'If that is the one you mean, pass it exactly as it is written there.',
  )
}

/** A URL can be quoted; what else a server may write there can't. */
function shown(value: unknown): string {
  const isUrl = typeof value === 'string' && value.length <= 300 && /^https?:\/\/[\w.:/{}~%-]+$/.test(value)
  return isUrl && parsedUrl(value)?.username === '' ? `the issuer ${value}` : 'something that is not an issuer'
}

async function objectIn(response: Response): Promise<ServerDocument | undefined> {
  try {
    const value: unknown = await response.json()
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}
