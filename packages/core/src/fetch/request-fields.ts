/**
 * What a Request says besides its URL, headers, body and signal, as an init for another URL; with what frameworks hang
 * on the object (`next`, `cf`), which `new Request(url, request)` loses.
 */
export function requestFields(request: Request): RequestInit {
  const { method, mode, credentials, cache, redirect, referrer, referrerPolicy, integrity, keepalive } = request
  const custom: RequestInit = Object.fromEntries(Object.entries(request))
  const fields = { ...custom, method, credentials, cache, redirect, referrer, referrerPolicy, integrity, keepalive }
  // No program may ask for `navigate` (Fetch Standard, Request constructor).
  return mode === 'navigate' ? fields : { ...fields, mode }
}
