// Chosen by the conditions of servers. "Você não deve trafegar os dados do cartão de crédito através de seus servidores"
// (acessando_a_api.md; specs/genpag/SOURCES.md, G12).
export { CardNumberError, CardTokenError } from './card-errors.ts'

/** @throws {TypeError} always: card data must not pass through a server. */
export function tokenizeCard(): never {
  throw new TypeError(REASON)
}

const REASON =
  '@chaveiro/genpag/card runs on the customer’s own device only (browser, mobile or desktop app): card data must not pass ' +
  'through a server. Call tokenizeCard() in the page or the app, and send your server the card token that it returns.'
