import type { Fetch } from '@chaveiro/core'
import { type Dispatcher, fetch } from 'undici'

/**
 * undici's own fetch, as the option `fetch` takes it: every connection goes through the dispatcher. In JavaScript
 * `(url, init) => fetch(url, { ...init, dispatcher })` is enough.
 */
export function fetchThrough(dispatcher: Dispatcher): Fetch {
  // undici's types of init and Response differ from the platform's in details that don't matter here.
  return (url, init) => Reflect.apply(fetch, undefined, [url, { ...init, dispatcher }])
}
