// Chosen by the conditions `browser` and `react-native`: the refresh token belongs on a server, and everyone can read a bundle.
import { this_package_holds_a_refresh_token_and_runs_on_a_server_only } from './browser.ts'

export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'

// Only the types have this name, so a bundler stops at the import above and prints it. Jest and Metro don't check names:
// there the functions below say the same.
declare module './browser.ts' {
  export const this_package_holds_a_refresh_token_and_runs_on_a_server_only: string
}
void this_package_holds_a_refresh_token_and_runs_on_a_server_only

/** @throws {TypeError} always: a refresh token does not belong in a browser. */
export function createGenpag(): never {
  throw new TypeError(REASON)
}

/** @throws {TypeError} always: a refresh token does not belong in a browser. */
export function genpagProvider(): never {
  throw new TypeError(REASON)
}

const REASON =
  '@chaveiro/genpag holds a refresh token that never expires, so it runs on a server only: call your own server from a page ' +
  'or an app, and let your server call Genpag. To turn a card number into a card token there, use @chaveiro/genpag/card.'
