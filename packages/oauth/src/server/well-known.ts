/**
 * Where the documents of an issuer may be, the likelier one first: OpenID Connect Discovery 1.0 §4.1 appends to the
 * issuer's path, RFC 8414 §3.1 inserts before it.
 */
export function documentUrls(issuer: URL): readonly URL[] {
  const path = issuer.pathname.replace(/\/$/, '')
  return [`${path}/.well-known/openid-configuration`, `/.well-known/oauth-authorization-server${path}`].map(
    (place) => new URL(`${issuer.origin}${place}`),
  )
}
