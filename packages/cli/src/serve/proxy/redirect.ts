import type { Admission, Admitted } from './admission.ts'
import { Refusal } from './refusal.ts'

/** A redirect that is followed. */
export interface Followed extends Admitted {
  readonly method: string
  /** Is the body sent again? */
  readonly keepsBody: boolean
}

const REDIRECTS = [301, 302, 303, 307, 308]

/**
 * Where a redirect leads, if the key may go there by itself; `undefined`: the answer is passed on. A body is sent again only
 * if it was held.
 */
export function followed(
  admission: Admission,
  sent: { readonly method: string; readonly url: URL; readonly canRepeatBody: boolean },
  response: Response,
): Followed | undefined {
  const next = locationOf(response, sent.url)
  if (next === undefined) return undefined
  const { status } = response
  // What browsers do (Fetch Standard, HTTP-redirect fetch): a POST becomes a GET, and a 303 always does.
  const isPost = sent.method === 'POST' && (status === 301 || status === 302)
  const asGet = isPost || (status === 303 && sent.method !== 'HEAD')
  const method = asGet ? 'GET' : sent.method
  const target = admission.targetOf(next)
  if (target === undefined || (!asGet && !sent.canRepeatBody)) return undefined
  try {
    return { ...admission.admit(method, target), method, keepsBody: !asGet }
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** The `Location` that the caller gets: behind the proxy where it is the API's, else as it came. */
export function shownLocation(admission: Admission, mount: string, response: Response, url: URL): string | undefined {
  const location = response.headers.get('location')
  if (location === null) return undefined
  const next = resolved(location, url)
  const target = next && admission.targetOf(next)
  return target === undefined ? location : mount + (target.startsWith('/') ? target : `/${target}`) + (next?.hash ?? '')
}

function locationOf(response: Response, url: URL): URL | undefined {
  const location = REDIRECTS.includes(response.status) ? response.headers.get('location') : null
  return location === null ? undefined : resolved(location, url)
}

function resolved(location: string, url: URL): URL | undefined {
  return URL.canParse(location, url.href) ? new URL(location, url) : undefined
}
