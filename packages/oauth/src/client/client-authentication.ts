import { basic, type InputFact, type ProviderIo, reveal, type SecretInput } from '@chaveiro/core/provider'

/** What an account is configured with. Which of them are needed, the option `client` says. */
export interface OAuthInputs {
  /** The client ID of the application. */
  clientId: string
  /** The client secret of the application. */
  clientSecret?: SecretInput | undefined
  /** The private key of the application: a PEM of PKCS #8, or a JWK as text. */
  privateKey?: SecretInput | undefined
}

/** What a client says about itself in a token call. */
export interface ClientProof {
  /** Headers of the call. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Fields of its body. */
  readonly fields?: Readonly<Record<string, string>> | undefined
}

/** How a client proves who it is: what `privateKeyJwt()` of `@chaveiro/oauth/assertion` returns. */
export interface ClientAuthentication {
  /** Its name in RFC 7591 §2. */
  readonly method: string
  /** The inputs that it takes, besides the client's ID. */
  readonly inputs: Readonly<Record<string, InputFact>>
  /** `audience`: who is to believe it. */
  prove(io: ProviderIo, inputs: OAuthInputs, audience: string): Promise<ClientProof>
}

/** The ways that need nothing besides, by their names in RFC 7591 §2. */
export type SimpleAuthentication = 'client_secret_basic' | 'client_secret_post' | 'none'

const SECRET: ClientAuthentication['inputs'] = {
  clientSecret: { description: 'The client secret of the application.', secret: true, env: 'OAUTH_CLIENT_SECRET' },
}

const SIMPLE: Readonly<Record<SimpleAuthentication, ClientAuthentication>> = {
  client_secret_basic: {
    method: 'client_secret_basic',
    inputs: SECRET,
    // RFC 6749 §2.3.1: both are encoded first, so that a colon in either arrives as it was meant.
    prove: async (_, inputs) => ({ headers: basic(inputs.clientId, await secretOf(inputs), { encoded: true }) }),
  },
  client_secret_post: {
    method: 'client_secret_post',
    inputs: SECRET,
    prove: async (_, inputs) => ({
      fields: { client_id: inputs.clientId, client_secret: await secretOf(inputs) },
    }),
  },
  none: {
    method: 'none',
    inputs: {},
    prove: async (_, { clientId }) => ({ fields: { client_id: clientId } }),
  },
}

/** @throws {TypeError} for anything other than one of the ways. */
export function clientAuthentication(given: SimpleAuthentication | ClientAuthentication): ClientAuthentication {
  if (typeof given === 'object' && typeof given?.prove === 'function') return given
  if (typeof given === 'string' && Object.hasOwn(SIMPLE, given)) return SIMPLE[given]
  throw new TypeError(
    `Option client must be '${Object.keys(SIMPLE).join("', '")}' or privateKeyJwt() from @chaveiro/oauth/assertion.`,
  )
}

async function secretOf({ clientSecret }: OAuthInputs): Promise<string> {
  if (clientSecret === undefined) throw new TypeError('There is no client secret to send.')
  return reveal(clientSecret)
}
