/** The token in an Authorization header, whatever the case of its scheme (RFC 9110 §11.1). */
export const bearerToken = (headers: Headers): string | undefined =>
  /^bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
