import { attemptsOf, type Fetch } from '@chaveiro/core'
import type { NodeFetch } from '@chaveiro/core/node'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { proxyFor, proxyUrl } from './proxy.ts'

/**
 * What everything to this server is sent with; `undefined`: the platform's own. Node's own fetch can't present a certificate,
 * and reads no proxy variables before version 24.
 */
export async function fetchOf({ env, texts }: Session, server: URL, isCertified = false): Promise<Fetch | undefined> {
  const proxy = proxyFor(server, env)
  if (proxy === undefined && !isCertified) return undefined
  const url = proxy && proxyUrl(proxy, texts)
  const { nodeFetch } = await import('@chaveiro/core/node')
  return nodeFetch({ proxy: url })
}

/** Connections of a process that goes on, shared by all of its accounts. */
export interface SharedConnections {
  readonly of: (session: Session, server: URL) => Promise<Fetch>
  close(): Promise<void>
}

/** The same for many requests: on undici's own connections they cost far less than with the platform's `fetch`. */
export function sharedConnections(): SharedConnections {
  const made = new Map<string, NodeFetch>()
  return {
    async of({ env, texts }, server) {
      const proxy = proxyFor(server, env)
      const url = proxy && proxyUrl(proxy, texts)
      const { nodeFetch } = await import('@chaveiro/core/node')
      const send = made.get(url?.href ?? '') ?? nodeFetch({ proxy: url })
      made.set(url?.href ?? '', send)
      return send
    },
    close: async () => void (await Promise.all([...made.values()].map((send) => send.close()))),
  }
}

/**
 * What a `fetch` that failed means to a person: the network, unless nothing was sent because the words do not fit, or the
 * server refused the client certificate.
 */
export function noAnswer({ texts }: Session, error: unknown): Failure {
  const report = attemptsOf(error)
  if (report === undefined && error instanceof TypeError) return new Failure(EXIT.usage, 'usage', error.message)
  const refusal = certificateRefusal(error)
  if (refusal !== undefined) return new Failure(EXIT.configuration, 'misconfigured', refusal)
  const code = report?.history.at(-1)?.code ?? (error instanceof Error ? error.name : '')
  return new Failure(EXIT.unavailable, 'network', texts.messages.noAnswer(code, report?.attempts ?? 1))
}

/** What `nodeFetch()` says about a client certificate that the server refused. */
function certificateRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('advice' in error && typeof error.advice === 'string') return error.advice
  return certificateRefusal(error.cause)
}
