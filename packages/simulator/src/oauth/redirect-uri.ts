// On the loopback interface a program takes a free port, so only there the port may differ (RFC 8252 §7.3).
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::\d{1,5})?(?=[/?]|$)/

const withoutLoopbackPort = (uri: string): string => uri.replace(LOOPBACK, '$1')

/** Compared as text (RFC 9700 §2.1). */
export const isRegistered = (uri: string, registered: readonly string[]): boolean =>
  registered.some((one) => one === uri || (LOOPBACK.test(one) && withoutLoopbackPort(one) === withoutLoopbackPort(uri)))

/** RFC 6749 §3.1.2: absolute, without a fragment. */
export const checkRedirectUri = (uri: string): void => {
  if (!URL.canParse(uri) || uri.includes('#')) {
    throw new TypeError('redirectUris: expected absolute addresses without a fragment')
  }
}
