import type { PersonAsked } from '../providers/cli-provider.ts'
import { variableName } from '../providers/variable-name.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'

/** The options of `login` that are about a person's consent. */
export interface ConsentOptions {
  readonly scopes?: string
  readonly port?: string
  readonly redirectUri?: string
  readonly paste?: boolean
}

/** How a person is asked here. Kept with the account, so that the next sign-in asks for the same. */
export interface ConsentChoice {
  readonly scopes?: readonly string[] | undefined
  /** Absent: one on this machine, of the provider and the server. */
  readonly redirectUri?: string | undefined
}

/** How the answer comes back: by a code that is typed, by an address that is pasted, or to a port of this machine. */
export type ConsentPlan =
  | { readonly kind: 'type' }
  | { readonly kind: 'paste'; readonly redirectUri: string }
  | { readonly kind: 'listen'; readonly redirectUri: URL }

/** What the options choose, else what was chosen before, else a variable such as ACME_REDIRECT_URI. */
export function consentChoice(
  { env, texts }: Session,
  id: string,
  options: ConsentOptions,
  before: ConsentChoice | undefined,
): ConsentChoice {
  const scopes = options.scopes?.split(/[\s,]+/).filter((scope) => scope !== '')
  const variable = env[variableName(id, 'redirectUri')] || undefined
  const redirectUri = options.redirectUri ?? variable ?? before?.redirectUri
  if (redirectUri !== undefined && !URL.canParse(redirectUri))
    throw new Failure(EXIT.usage, 'usage', texts.messages.consent.badRedirectUri(redirectUri))
  return { scopes: scopes ?? before?.scopes, redirectUri }
}

/** How the answer comes back to this command. */
export function consentPlan(
  { texts }: Session,
  asked: PersonAsked,
  place: { readonly title: string; readonly id: string; readonly server: string },
  { redirectUri, scopes }: ConsentChoice,
  { port, paste = false }: ConsentOptions,
): ConsentPlan {
  const { consent } = texts.messages
  const misuse = (sentence: string): Failure => new Failure(EXIT.usage, 'usage', sentence)
  if (asked.demandsScopes && (scopes ?? []).length === 0) throw misuse(consent.scopesNeeded(place.title))
  if (asked.by === 'shown code') {
    if (paste || port !== undefined || redirectUri !== undefined) throw misuse(consent.showsCodes(place.title))
    return { kind: 'type' }
  }
  const url = new URL(redirectUri ?? `http://127.0.0.1${pathOf(place.id, place.server)}`)
  if (port !== undefined) {
    if (redirectUri !== undefined) throw misuse(consent.portOrRedirectUri)
    url.port = String(portFrom(port, texts.messages.badPort))
  }
  const isHere = url.protocol === 'http:' && /^(127\.0\.0\.1|localhost)$/.test(url.hostname)
  if (paste || !isHere) return { kind: 'paste', redirectUri: redirectUri ?? url.href }
  return { kind: 'listen', redirectUri: url }
}

/** The same at every sign-in: a server compares addresses exactly, and lets the port differ at most (RFC 8252 §7.3). */
function pathOf(id: string, server: string): string {
  const name = URL.canParse(server) ? new URL(server).host : server
  return `/${id}/${name.replaceAll(/[^\w.-]/g, '-')}`
}

function portFrom(text: string, complaint: (text: string) => string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port > 0 && port < 65_536) return port
  throw new Failure(EXIT.usage, 'usage', complaint(text))
}
