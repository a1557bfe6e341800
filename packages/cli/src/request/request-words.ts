import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'

/** What a request is sent to. */
export interface RequestTarget {
  readonly method: string
  /** A path, or a URL. */
  readonly path: string
}

/** `[METHOD] /path`: with a body the method is POST unless it is given. */
export function readTarget({ texts }: Session, words: readonly string[], hasBody: boolean): RequestTarget {
  const [first = '', second, ...more] = words
  const [method, path] = second === undefined ? [hasBody ? 'POST' : 'GET', first] : [first.toUpperCase(), second]
  const isTarget = (path.startsWith('/') || /^https?:\/\//.test(path)) && URL.canParse(path, 'https://any.example')
  if (isTarget && more.length === 0 && /^[A-Z]+$/.test(method)) return { method, path }
  throw new Failure(EXIT.usage, 'usage', texts.messages.badTarget)
}

/** `Name: value`, each. What is wrong with one is said without quoting its value, which may be secret. */
export function readHeaders({ texts }: Session, lines: readonly string[]): Headers {
  const headers = new Headers()
  for (const line of lines) {
    const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? []
    try {
      headers.append(name ?? '', value ?? '')
    } catch {
      throw new Failure(EXIT.usage, 'usage', texts.messages.badHeader(name ?? ''))
    }
  }
  return headers
}
