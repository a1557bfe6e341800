import { failureOfError } from './failure.ts'

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    "The server's certificate has expired or is not valid yet (#). Check this machine's clock, and then the certificate.",
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    "The server's certificate is for another host name (#). Check the host name in the server URL.",
  ],
  [
    /^(CERT|UNABLE_TO|SELF_SIGNED_CERT|DEPTH_ZERO)_/,
    "The server's certificate is not trusted (#). If a proxy or a private CA issued it, set NODE_EXTRA_CA_CERTS to the CA's PEM file.",
  ],
  [
    /^ERR_SSL_WRONG_VERSION_NUMBER$/,
    'The port does not speak TLS (#). Check the server URL, and the proxy if there is one.',
  ],
  [
    /^(ERR_SSL_|EPROTO$)/,
    'The server ended the TLS handshake (#). If it asks for a client certificate, pass a fetch that presents one.',
  ],
  [/^UND_ERR_ABORTED$/, 'The proxy refused to connect to the server (#). Check its address and credentials.'],
]

/** Did the server refuse our client certificate? Only `nodeFetch()` knows, and says so. */
export function refusesCertificate(error: unknown): boolean {
  return failureOfError(error).advice !== undefined
}

/** What happened to a connection that trying again does not cure, and what to do about it. */
export function connectionAdvice(error: unknown): string | undefined {
  const { code = '', advice } = failureOfError(error)
  if (advice !== undefined) return advice
  return ADVICE.find(([pattern]) => pattern.test(code))?.[1].replace('#', code)
}
