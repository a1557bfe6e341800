import { ChaveiroError } from '../errors.ts'

/**
 * A value that becomes one segment of a path. A typed client encodes what would end the segment (`/`, `?`, `#`); empty,
 * `.` and `..` survive encoding, and URLs resolve them to another path (WHATWG URL, "double-dot URL path segment").
 * @throws {ChaveiroError} `misconfigured` for those three; an id or an input was mistaken.
 */
export function pathSegment(value: string): string {
  if (value !== '' && value !== '.' && value !== '..') return value
  throw new ChaveiroError('misconfigured', 'A value in the path of a token call is empty, "." or "..".')
}
