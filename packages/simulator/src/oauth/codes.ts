import type { SimulatorClock } from '../clock.ts'
import { base64url } from '../random-text.ts'
import type { Issued } from './oauth-tokens.ts'

/** What a person agreed to. */
interface Agreement {
  readonly clientId: string
  readonly account: string
  readonly scopes: readonly string[]
  readonly redirectUri: string
  /** The PKCE challenge, if there was one. */
  readonly challenge: string | undefined
}

export interface CodesOptions {
  readonly clock: SimulatorClock
  readonly random: () => number
  readonly lifetimeMs: number
  /** A code came back: what it gave is revoked (RFC 6749 §4.1.2). */
  readonly onReuse: (family: number) => void
}

export interface Codes {
  issue(agreement: Agreement): string
  /** Spends a code if it belongs to this exchange, and starts its tokens; or says why not. */
  redeem(code: string, exchange: Exchange, start: (agreement: Agreement) => Issued): Issued | string
  secrets(): readonly string[]
  /** Forgets every code. */
  clear(): void
}

/** What the client says of the code that it brings back. */
interface Exchange {
  /** Undefined: the provider doesn't ask for it. */
  readonly clientId: string | undefined
  /** Undefined: the provider doesn't ask for it. */
  readonly redirectUri: string | undefined
  /** The challenge of the verifier. */
  readonly challenge: string | undefined
}

interface Code {
  readonly agreement: Agreement
  readonly expiresAt: number
  family: number | undefined
}

/** Authorization codes: short-lived, and good for one exchange (RFC 6749 §4.1.2). */
export const createCodes = ({ clock, random, lifetimeMs, onReuse }: CodesOptions): Codes => {
  const codes = new Map<string, Code>()
  return {
    issue: (agreement) => {
      // As with tokens, it ends in characters that show a missing encoding.
      const code = `code-${codes.size + 1}-${base64url(random, 24)}+/=`
      codes.set(code, { agreement, expiresAt: clock.now() + lifetimeMs, family: undefined })
      return code
    },
    redeem: (value, { clientId, redirectUri, challenge }, start) => {
      const code = codes.get(value)
      const { agreement } = code ?? {}
      if (code === undefined || (clientId ?? agreement?.clientId) !== agreement?.clientId) {
        return 'unknown, or issued to another client'
      }
      if (code.family !== undefined) {
        onReuse(code.family)
        return 'used before, so what it gave is revoked'
      }
      if (clock.now() >= code.expiresAt) return 'expired'
      if ((redirectUri ?? agreement?.redirectUri) !== agreement?.redirectUri) return 'issued for another redirect_uri'
      if (code.agreement.challenge !== challenge)
        return 'issued for another code_verifier, or for one where this has none'
      const issued = start(code.agreement)
      code.family = issued.family
      return issued
    },
    secrets: () => [...codes.keys()],
    clear: () => codes.clear(),
  }
}
