/** What went wrong between the device and Genpag. */
export type CardTokenErrorCode =
  | 'client-token-refused'
  | 'refused'
  | 'throttled'
  | 'unavailable'
  | 'redirected'
  | 'malformed-response'

const MESSAGES: Readonly<Record<CardTokenErrorCode, string>> = {
  'client-token-refused': 'Genpag refused the client token. Check it, and that it belongs to this server.',
  refused: 'Genpag refused the request. No document says why it does that: the card number may be the reason.',
  throttled: 'Genpag asks for fewer requests. Try again later.',
  unavailable:
    'Genpag gave no usable answer. The network may be down, Genpag busy, or the page not allowed to read the ' +
    'answer (CORS). Nothing was charged; the customer can try again.',
  redirected: 'The server redirects elsewhere, and a card number is not sent on. Check `server`.',
  'malformed-response': 'The answer contains no card token. Check `server`.',
}

/** There is no card token. It can be logged whole: it holds no card number, no client token and nothing of the answer. */
export class CardTokenError extends Error {
  override readonly name: string = 'CardTokenError'
  /** What happened, from a closed set. */
  readonly code: CardTokenErrorCode
  /** The HTTP status of the answer, where one could be read. */
  readonly status: number | undefined

  constructor(code: CardTokenErrorCode, status?: number) {
    super(MESSAGES[code])
    this.code = code
    this.status = status
  }
}

/** The number cannot be that of a card, so nothing was sent. For the customer: please check the digits. */
export class CardNumberError extends TypeError {
  override readonly name: string = 'CardNumberError'
  readonly code = 'card-number'
}
