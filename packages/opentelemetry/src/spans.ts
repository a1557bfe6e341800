import type { TokenEvent } from '@chaveiro/core'
import {
  type Attributes,
  type Link,
  type Span,
  type SpanContext,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api'
import {
  ACCOUNT,
  ATTEMPTS,
  accountText,
  CAUSE,
  ERROR_TYPE,
  errorType,
  METHOD,
  PROVIDER,
  SERVER_ADDRESS,
  SERVER_PORT,
  STATUS_CODE,
  TOKEN_CALLS,
  TOKEN_SOURCE,
} from './attributes.ts'
import { put } from './bounded.ts'

/**
 * Makes a span of each renewal, of each wait for one, and of each API request. Events are heard after the fact and in the
 * asynchronous context of the caller, so the spans have times of their own, and the caller's span as their parent.
 */
export function recordSpans(tracer: Tracer, namesAccounts: boolean): (event: TokenEvent) => void {
  const renewals = new Map<number, SpanContext>()
  /** When the token calls of the renewals under way began, in epoch milliseconds. */
  const calls = new Map<number, number[]>()

  const spanOf = (name: string, event: TokenEvent, attributes: Attributes, waitedFor: readonly number[]): Span => {
    const { provider, account, durationMs = 0 } = event
    const error = errorType(event)
    const span = tracer.startSpan(`${name} ${provider}`, {
      startTime: Date.now() - durationMs,
      attributes: {
        [PROVIDER]: provider,
        ...(namesAccounts && { [ACCOUNT]: accountText(account) }),
        ...(error !== undefined && { [ERROR_TYPE]: error }),
        ...attributes,
      },
      links: waitedFor.flatMap((renewal): Link[] => {
        const context = renewals.get(renewal)
        return context ? [{ context }] : []
      }),
    })
    if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR })
    return span
  }
  const renewal = (event: TokenEvent, id: number): void => {
    const { cause, attempts = 0, source } = event
    const span = spanOf('refresh', event, { [TOKEN_CALLS]: attempts, [CAUSE]: cause, [TOKEN_SOURCE]: source }, [])
    for (const [index, at] of (calls.get(id) ?? []).entries()) span.addEvent('token call', { attempt: index + 1 }, at)
    calls.delete(id)
    span.end(Date.now())
    put(renewals, id, span.spanContext())
  }

  return (event) => {
    const { type, renewal: id, renewals: waitedFor = [] } = event
    if (type === 'refresh.started' && id !== undefined) put(calls, id, [...(calls.get(id) ?? []), Date.now()])
    if ((type === 'refresh.done' || type === 'refresh.failed') && id !== undefined) renewal(event, id)
    if (type === 'token.waited' && id !== undefined) spanOf('wait', event, {}, [id]).end(Date.now())
    if (type === 'request.ended')
      spanOf(event.method ?? 'HTTP', event, requestAttributes(event), waitedFor).end(Date.now())
  }
}

function requestAttributes({ method, origin = '', status, attempts }: TokenEvent): Attributes {
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  return {
    [METHOD]: method,
    [STATUS_CODE]: status,
    [SERVER_ADDRESS]: url?.hostname,
    [SERVER_PORT]: url && Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    [ATTEMPTS]: attempts,
  }
}
