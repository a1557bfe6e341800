import { attemptsOf, type Fetch } from '@chaveiro/core'
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
  return new Failure(EXIT.unavailable, 'network', texts.talk.noAnswer(code, report?.attempts ?? 1))
}

/** What `nodeFetch()` says about a client certificate that the server refused. */
function certificateRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('advice' in error && typeof error.advice === 'string') return error.advice
  return certificateRefusal(error.cause)
}
