import { cardDigits } from './card-number.ts'

/** What `tokenizeCard` takes. */
export interface TokenizeCardOptions {
  /** `'sandbox'`, or the URL of another server: https, or http on this machine. */
  server: 'sandbox' | URL
  /** The client token: in the dashboard under Perfil e preferências > Desenvolvedor > Chave do cliente. */
  clientToken: string
  /** As the customer writes it: digits, with or without spaces and dashes. */
  cardNumber: string
  /** Ends the call early, for example `AbortSignal.timeout(15_000)`. @default no bound but the platform's */
  signal?: AbortSignal | undefined
}

/** Where a card number goes, and its digits. */
export interface CheckedCard {
  readonly url: URL
  readonly digits: string
}

/** Checks everything that can be wrong before a card number is sent. @throws as `tokenizeCard` does. */
export function checkCard({ server, clientToken, cardNumber }: TokenizeCardOptions): CheckedCard {
  const url = endpointAt(server)
  requireClientToken(clientToken)
  return { url, digits: cardDigits(cardNumber) }
}

const SERVERS = { sandbox: 'https://api-sandbox.genpag.com.br' } as const

function endpointAt(server: 'sandbox' | URL): URL {
  const isNamed = server === 'sandbox'
  if (!isNamed && !(typeof server === 'object' && server !== null && 'href' in server)) {
    throw new TypeError(
      "Genpag: server is missing or unknown. Pass 'sandbox' or a URL: new URL('https://…'). No public document that could " +
        'be read names the host of production: ask Genpag for it.',
    )
  }
  const url = new URL(isNamed ? SERVERS.sandbox : server.href)
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    throw new TypeError(
      'Genpag: server must be https, or http on this machine: a card number is not sent in the clear.',
    )
  }
  // fetch refuses such a URL in an error that quotes it.
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('Genpag: server must not carry a user name or a password. Take them out of the URL.')
  }
  return new URL(`${url.origin}${url.pathname.replace(/\/$/, '')}/api/tokenize`)
}

/** Looked at here, because an error about a header quotes it. */
function requireClientToken(clientToken: unknown): void {
  if (typeof clientToken === 'string' && /^[\x21-\x7e]+$/.test(clientToken)) return
  throw new TypeError(
    'Genpag: clientToken is the client token alone, without Bearer or a space. It is in the dashboard under Perfil e ' +
      'preferências > Desenvolvedor > Chave do cliente.',
  )
}
