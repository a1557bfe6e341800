// Chosen by the `browser` condition: the keys of an account belong on a server, and a bundle shows them to everybody.
export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'

/** @throws {TypeError} always: keys do not belong in a browser. */
export function createAssineOnline(): never {
  throw new TypeError(REASON)
}

/** @throws {TypeError} always: keys do not belong in a browser. */
export function assineOnlineProvider(): never {
  throw new TypeError(REASON)
}

const REASON =
  '@chaveiro/assine-online holds secret keys, so it runs on a server only: whoever opens a page can read what is bundled into it. ' +
  'Call your own server from the browser, and Assine Online from there.'
