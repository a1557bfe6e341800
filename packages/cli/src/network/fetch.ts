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

/** What a `fetch` that failed means to a person: the network, unless nothing was sent because the words do not fit. */
export function noAnswer({ texts }: Session, error: unknown): Failure {
  const report = attemptsOf(error)
  if (report === undefined && error instanceof TypeError) return new Failure(EXIT.usage, 'usage', error.message)
  const code = report?.history.at(-1)?.code ?? (error instanceof Error ? error.name : '')
  return new Failure(EXIT.unavailable, 'network', texts.talk.noAnswer(code, report?.attempts ?? 1))
}
