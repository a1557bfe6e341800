// A person types one code on a page of the provider, and types back the one that it shows.

import type { Answer } from '../answer.ts'
import type { SimulatorClock } from '../clock.ts'
import { parseForm } from '../form.ts'
import { textIn } from '../json.ts'
import { base64url, hex } from '../random-text.ts'
import type { Answering } from '../route.ts'

export const CODE_PAGE = '/simulated-page'

interface ShownCode {
  readonly account: string
  readonly scopes: readonly string[]
  /** What the client typed on the page has to bring again. Secret. */
  readonly verifier: string
  readonly expiresAt: number
  /** What the page showed, once the person was there. */
  code: string | undefined
  isSpent: boolean
}

export interface ShownCodes {
  /** Starts one. */
  show(account: string, scopes: readonly string[]): { userCode: string; verifier: string; expiresAt: number }
  /** Spends a code that a page has shown, or says why not. */
  redeem(code: string, verifier: string): Pick<ShownCode, 'account' | 'scopes'> | string
  /** Shows the page, and answers what was typed on it. */
  readonly page: Answering
  readonly type: Answering
  secrets(): readonly string[]
  clear(): void
}

// RFC 8628 §3.2 leaves it open; core waits ten minutes where the provider says nothing.
const LIFETIME_MS = 600_000

export const createShownCodes = (clock: SimulatorClock, random: () => number): ShownCodes => {
  const shown = new Map<string, ShownCode>()
  const type = (userCode: string): Answer => {
    const found = shown.get(userCode)
    if (found === undefined || clock.now() >= found.expiresAt) {
      return { status: 400, detail: 'body.user_code: unknown or expired', html: page('<p>This code is not valid.</p>') }
    }
    found.code ??= `code-${base64url(random, 12)}`
    return { status: 200, html: page(`<p>Type this in the application: <code>${found.code}</code></p>`) }
  }
  return {
    show: (account, scopes) => {
      const userCode = `${shown.size + 1}-${hex(random, 6).toUpperCase()}`
      const verifier = `verifier-${base64url(random, 32)}`
      const expiresAt = clock.now() + LIFETIME_MS
      shown.set(userCode, { account, scopes, verifier, expiresAt, code: undefined, isSpent: false })
      return { userCode, verifier, expiresAt }
    },
    redeem: (code, verifier) => {
      const found = [...shown.values()].find((one) => one.code === code)
      if (found === undefined || found.verifier !== verifier) return 'unknown, or shown to another client'
      if (found.isSpent) return 'used before'
      if (clock.now() >= found.expiresAt) return 'expired'
      found.isSpent = true
      return found
    },
    page: () => ({ status: 200, html: page(FORM_OF_PAGE) }),
    type: ({ text }) => type(textIn(parseForm(text), 'user_code') ?? ''),
    secrets: () =>
      [...shown.values()].flatMap(({ verifier, code }) => (code === undefined ? verifier : [verifier, code])),
    clear: () => shown.clear(),
  }
}

const FORM_OF_PAGE = `<form method="post">
<p><label>Code <input name="user_code" autocomplete="off"></label> <button>Allow</button></p>
</form>`

const page = (content: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Simulated provider</title>
<h1>Simulated provider</h1>
${content}
</html>
`
