import type { TokenEvent } from '@chaveiro/core'

// Names that OpenTelemetry has are its own (https://opentelemetry.io/docs/specs/semconv/); the others begin with chaveiro.
export const PROVIDER = 'chaveiro.provider'
export const ACCOUNT = 'chaveiro.account'
export const ACCOUNT_STATE = 'chaveiro.account.state'
export const CAUSE = 'chaveiro.refresh.cause'
export const TOKEN_CALLS = 'chaveiro.refresh.token_calls'
export const TOKEN_SOURCE = 'chaveiro.token.source'
export const EVENT = 'chaveiro.event'
export const ATTEMPTS = 'chaveiro.request.attempts'
export const ERROR_TYPE = 'error.type'
export const METHOD = 'http.request.method'
export const STATUS_CODE = 'http.response.status_code'
export const SERVER_ADDRESS = 'server.address'
export const SERVER_PORT = 'server.port'

type Account = TokenEvent['account']

/** An account as one text: most have nothing but a tenant. */
export function accountText({ tenant, account, audience, scopes = [] }: Account): string {
  return [tenant, account, audience, scopes.join(' ')].filter(Boolean).join('/')
}

/** What went wrong, as a class of errors of which there are few. `undefined`: nothing. */
export function errorType({ code, failure, status = 0 }: TokenEvent): string | undefined {
  return code ?? failure ?? (status >= 400 ? String(status) : undefined)
}
