// Chosen by the conditions `browser` and `react-native`: keys belong on a server, and everyone can read a bundle.
import { this_package_holds_secret_keys_and_runs_on_a_server_only } from './browser.ts'

export { allowInsecureHttp, attemptsOf, isChaveiroError } from '@chaveiro/core'

// Only the types have this name, so a bundler stops at the import above and prints it. Jest and Metro don't check names:
// there the functions below say the same.
declare module './browser.ts' {
  export const this_package_holds_secret_keys_and_runs_on_a_server_only: string
}
void this_package_holds_secret_keys_and_runs_on_a_server_only

/** @throws {TypeError} always: keys do not belong in a browser. */
export function createEfi(): never {
  throw new TypeError(REASON)
}

/** @throws {TypeError} always: keys do not belong in a browser. */
export function efiProvider(): never {
  throw new TypeError(REASON)
}

/** @throws {TypeError} always: keys do not belong in a browser. */
export function createEfiCharges(): never {
  throw new TypeError(REASON)
}

/** @throws {TypeError} always: keys do not belong in a browser. */
export function efiChargesProvider(): never {
  throw new TypeError(REASON)
}

const REASON =
  '@chaveiro/efi holds secret keys, so it runs on a server only: anyone can read what is bundled into a page or an app. ' +
  'Call your own server from there, and let your server call Efí.'
