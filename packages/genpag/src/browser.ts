// Chosen by the `browser` condition: the refresh token belongs on a server, and a bundle shows it to everybody.
export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'

/** @throws {TypeError} always: a refresh token does not belong in a browser. */
export function createGenpag(): never {
  throw new TypeError(REASON)
}

/** @throws {TypeError} always: a refresh token does not belong in a browser. */
export function genpagProvider(): never {
  throw new TypeError(REASON)
}

const REASON =
  '@chaveiro/genpag holds a refresh token that never expires, so it runs on a server only: whoever opens a page can read ' +
  'what is bundled into it. Call your own server from the browser, and Genpag from there. What a browser may do, turning ' +
  'a card number into a card token, is @chaveiro/genpag/card.'
