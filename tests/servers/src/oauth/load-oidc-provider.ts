import type * as Oidc from 'oidc-provider'

// Advice for running it in production: about Node 20, its store in memory, its signing keys.
const ADVICE = /^oidc-provider (NOTICE|WARNING): /

/** `oidc-provider`, which prints its advice as soon as it is imported, without that advice. */
export async function loadOidcProvider(): Promise<typeof Oidc.Provider> {
  withoutAdvice('info')
  withoutAdvice('warn')
  const { Provider } = await import('oidc-provider')
  return Provider
}

function withoutAdvice(level: 'info' | 'warn'): void {
  const print = console[level].bind(console)
  console[level] = (...values: unknown[]) => {
    if (!ADVICE.test(String(values[0]))) print(...values)
  }
}
