// A web server whose users connect an account of theirs: /connect sends the person to the provider, /callback takes the
// answer.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { isChaveiroError, type TokenManager } from '@chaveiro/core'

const CALLBACK = '/callback'
const COOKIE = 'pending'
// As long as a pending consent is good for.
const COOKIE_SECONDS = 600

/** What the pages of the consent need of their server. */
export interface WebConsentOptions {
  tokens: TokenManager
  /** The address of this server as browsers see it, also behind a proxy: `https://shop.example`. */
  publicOrigin: string
  /** The user who is signed in here. The account that is connected belongs to that user and to no other. */
  userOf: (request: IncomingMessage) => string | undefined
}

/** `/connect` and `/callback`. Every other address is answered with 404. */
export function webConsent({ tokens, publicOrigin, userOf }: WebConsentOptions): RequestListener {
  const redirectUri = new URL(CALLBACK, publicOrigin).href
  const isSecure = redirectUri.startsWith('https:')

  const connect = async (user: string, response: ServerResponse): Promise<void> => {
    const { url, pending } = await tokens.account(user).consent.begin({ redirectUri })
    // In the browser that begins. Without that person's answer it is useless.
    response.setHeader('set-cookie', cookie(pending.reveal(), COOKIE_SECONDS, isSecure))
    redirect(response, url)
  }

  const callback = async (user: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('set-cookie', cookie('', 0, isSecure))
    const url = new URL(request.url ?? '', publicOrigin)
    await tokens.account(user).consent.finish({ url, pending: cookieOf(request) })
    // To a page of our own, and never to an address that came with the request. It also drops the code from the
    // address bar.
    redirect(response, '/')
  }

  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '', publicOrigin)
    const user = userOf(request)
    // The callback's address holds a code, so it goes into no Referer and no cache.
    response.setHeader('referrer-policy', 'no-referrer')
    response.setHeader('cache-control', 'no-store')
    try {
      if (user === undefined) answer(response, 401, 'Sign in first.')
      else if (pathname === '/connect') await connect(user, response)
      else if (pathname === CALLBACK) await callback(user, request, response)
      else answer(response, 404, 'There is nothing here.')
    } catch (error) {
      // Nothing of the address goes into a page.
      const again = isChaveiroError(error) && error.consent
      console.error(error)
      if (again) answer(response, 400, 'The account was not connected. <a href="/connect">Try again</a>')
      else answer(response, 502, 'The account was not connected. Try again later.')
    }
  }
}

function cookie(value: string, seconds: number, isSecure: boolean): string {
  // Lax, because the person comes back from another site. Only the callback gets it.
  const flags = `Path=${CALLBACK}; Max-Age=${seconds}; HttpOnly; SameSite=Lax`
  return `${COOKIE}=${value}; ${flags}${isSecure ? '; Secure' : ''}`
}

/** Empty where there isn't one: then `finish()` says that another consent is needed. */
function cookieOf({ headers }: IncomingMessage): string {
  const pairs = (headers.cookie ?? '').split('; ')
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? ''
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location }).end()
}

function answer(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><p>${html}</p>`)
}
