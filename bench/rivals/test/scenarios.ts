import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import { vi } from 'vitest'
import type { Issuer } from './issuer.ts'
import { type Client, HELD } from './subject.ts'

/** One known defect of token libraries, as a scenario. */
export interface Scenario {
  readonly id: string
  /** What should be. */
  readonly expected: string
  /** Resolves with what went wrong, `undefined` when nothing did. */
  run(client: Client, issuer: Issuer): Promise<string | undefined>
}

const HOUR = 3_600
const MONTH = 30 * 24 * HOUR

export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'late 401',
    expected: 'a 401 that arrives when the token has been replaced already causes no second refresh',
    async run(client, issuer) {
      let number = 0
      issuer.token = () => ({
        body: { access_token: `access-${++number}`, refresh_token: `refresh-${number}`, expires_in: HOUR },
      })
      await client.token()
      const late = gate()
      const bothAsked = gate()
      let asked = 0
      issuer.api = async (authorization) => {
        if (authorization !== 'Bearer access-1') return 200
        asked += 1
        if (asked === 2) bothAsked.open()
        await (asked === 1 ? bothAsked.opened : late.opened)
        return 401
      }
      const first = client.call()
      const second = client.call()
      const status = await Promise.race([first, second])
      late.open()
      await Promise.all([first, second])
      if (status !== 200) return `the call was answered ${status}`
      return issuer.forms.length === 2 ? undefined : `${issuer.forms.length - 1} refreshes instead of one`
    },
  },
  {
    id: 'abort',
    expected: 'when the first of two callers gives up, the other one gets its token',
    async run(client, issuer) {
      const asked = gate()
      const answer = gate()
      issuer.token = async () => {
        asked.open()
        await answer.opened
        return { body: { access_token: 'access', expires_in: HOUR } }
      }
      const abort = new AbortController()
      const first = client.token({ signal: abort.signal }).catch(() => 'gave up')
      const second = client
        .token({ signal: new AbortController().signal })
        .catch((error: unknown) => `failed with ${nameOf(error)}`)
      await asked.opened
      abort.abort()
      await setImmediate()
      answer.open()
      await first
      const got = await second
      return got === 'access' ? undefined : `the other caller ${got}`
    },
  },
  {
    id: 'long life',
    expected: 'a token that lives for 30 days is not refreshed at once',
    async run(client, issuer) {
      issuer.token = () => ({ body: { access_token: 'access', refresh_token: 'refresh', expires_in: MONTH } })
      const timers = vi.spyOn(globalThis, 'setTimeout')
      await client.token()
      // setTimeout fires at once above 2³¹−1 ms (HTML Standard, timers).
      const overflows = timers.mock.calls.some(([, delayMs = 0]) => delayMs > 2 ** 31 - 1)
      return overflows ? 'its timer overflows, so it is refreshed again and again' : undefined
    },
  },
  {
    id: 'refresh token',
    expected: 'a refresh token that an answer leaves out stays in force (RFC 6749 §6)',
    async run(client, issuer) {
      issuer.token = () => ({ body: { access_token: 'access', expires_in: HOUR } })
      await client.token()
      vi.setSystemTime(Date.now() + 2 * HOUR * 1_000)
      const failure = await client.token().then(() => undefined, nameOf)
      const sent = issuer.forms[1]?.get('refresh_token') || undefined
      if (sent === HELD.refreshToken) return undefined
      return `the next refresh sent ${sent === undefined ? 'none' : `“${sent}”`}${failure ? `, and failed with ${failure}` : ''}`
    },
  },
  {
    id: 'tenants',
    expected: 'two tenants that ask at once each get their own token',
    async run(client, issuer) {
      issuer.token = (form) => ({ body: { access_token: `access-${form.get('tenant')}`, expires_in: HOUR } })
      const tenants = ['north', 'south']
      const got = await Promise.all(tenants.map((tenant) => client.token({ tenant })))
      return got.join() === 'access-north,access-south' ? undefined : `they got ${got.join(' and ')}`
    },
  },
  {
    id: 'errors',
    expected: 'the error of a failed refresh shows no secret, however it is printed',
    async run(client, issuer) {
      issuer.token = () => ({ status: 500, body: { error: 'server_error' } })
      const error = await client.token().then(
        () => undefined,
        (reason: unknown) => reason,
      )
      if (error === undefined) return 'it did not fail'
      const printed = `${inspect(error)} ${inspect(error, { depth: 8 })} ${json(error)}`
      // Also as HTTP Basic authentication carries it.
      const basic = Buffer.from(`${HELD.clientId}:${HELD.clientSecret}`).toString('base64')
      const shown = [HELD.refreshToken, HELD.clientSecret, basic].filter((secret) => printed.includes(secret))
      return shown.length === 0
        ? undefined
        : `a logger that prints it whole shows ${shown.includes(HELD.refreshToken) ? 'the refresh token' : 'the client’s secret'}`
    },
  },
]

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error)
}

function json(error: unknown): string {
  try {
    return JSON.stringify(error) ?? ''
  } catch {
    return ''
  }
}
