const KIB = 1_024

/** What an entry may cost a user's bundle: minified, compressed with brotli. */
export interface SizeBudget {
  readonly entry: string
  /** What a program imports of it. @default everything */
  readonly only?: readonly string[] | undefined
  /** What is there already, and does not count. @default nothing: all that the entry imports counts */
  readonly onTopOf?: readonly string[]
  /** The platform whose entry is meant. @default 'node' */
  readonly platform?: 'node' | 'browser'
  readonly atMostBytes: number
}

const CORE = ['@chaveiro/core', '@chaveiro/core/provider']
/** Of a provider that asks a person. */
const WITH_CONSENT = [...CORE, '@chaveiro/core/consent']
const WITH_OAUTH = [...CORE, '@chaveiro/oauth']
/** Of a provider that asks for a client certificate. */
const WITH_CERTIFICATE = [...CORE, '@chaveiro/core/certificate']

/**
 * The one list of budgets: `bench` prints it, `test:packages` holds the packed packages to it. What the bytes are, and why
 * not fewer, is in docs/decisions/size-budgets.md.
 */
export const SIZE_BUDGETS: readonly SizeBudget[] = [
  { entry: '@chaveiro/core', atMostBytes: 30.25 * KIB },
  { entry: '@chaveiro/core/shared', onTopOf: ['@chaveiro/core'], atMostBytes: 5 * KIB },
  { entry: '@chaveiro/core/old-tokens', onTopOf: ['@chaveiro/core'], atMostBytes: 1 * KIB },
  { entry: '@chaveiro/core/limit', onTopOf: ['@chaveiro/core'], atMostBytes: 1 * KIB },
  { entry: '@chaveiro/core/consent', onTopOf: ['@chaveiro/core'], atMostBytes: 4.8 * KIB },
  { entry: '@chaveiro/core/assertion', onTopOf: ['@chaveiro/core'], atMostBytes: 1.35 * KIB },
  { entry: '@chaveiro/core/certificate', onTopOf: ['@chaveiro/core'], atMostBytes: 0.85 * KIB },
  { entry: '@chaveiro/core/log', onTopOf: ['@chaveiro/core'], atMostBytes: 1.2 * KIB },
  { entry: '@chaveiro/core/retry', atMostBytes: 7 * KIB },
  { entry: '@chaveiro/bitize', onTopOf: CORE, atMostBytes: 0.6 * KIB },
  // The whole of the first program in README.md.
  { entry: '@chaveiro/bitize', only: ['createBitize'], atMostBytes: 33.25 * KIB },
  { entry: '@chaveiro/genpag', onTopOf: CORE, atMostBytes: 0.65 * KIB },
  { entry: '@chaveiro/genpag/card', platform: 'browser', atMostBytes: 1.5 * KIB },
  { entry: '@chaveiro/banco-inter', onTopOf: WITH_CERTIFICATE, atMostBytes: 0.7 * KIB },
  { entry: '@chaveiro/serpro', onTopOf: WITH_CERTIFICATE, atMostBytes: 0.75 * KIB },
  { entry: '@chaveiro/bling', onTopOf: WITH_CONSENT, atMostBytes: 1 * KIB },
  { entry: '@chaveiro/conta-azul', onTopOf: WITH_CONSENT, atMostBytes: 0.85 * KIB },
  { entry: '@chaveiro/melhor-envio', onTopOf: WITH_CONSENT, atMostBytes: 0.85 * KIB },
  { entry: '@chaveiro/mercado-livre', onTopOf: WITH_CONSENT, atMostBytes: 0.85 * KIB },
  { entry: '@chaveiro/mercado-pago', onTopOf: WITH_CONSENT, atMostBytes: 0.85 * KIB },
  { entry: '@chaveiro/tiny', onTopOf: WITH_CONSENT, atMostBytes: 0.85 * KIB },
  { entry: '@chaveiro/correios', onTopOf: CORE, atMostBytes: 0.85 * KIB },
  { entry: '@chaveiro/efi', onTopOf: WITH_CERTIFICATE, atMostBytes: 0.7 * KIB },
  { entry: '@chaveiro/oauth', onTopOf: CORE, atMostBytes: 3.5 * KIB },
  // What these take of the core's entries counts: both repeat their names, so one bundle can't export the two.
  { entry: '@chaveiro/oauth/consent', onTopOf: WITH_OAUTH, atMostBytes: 4.3 * KIB },
  { entry: '@chaveiro/oauth/assertion', onTopOf: WITH_OAUTH, atMostBytes: 1.6 * KIB },
  // Less the API of OpenTelemetry, which its user has.
  { entry: '@chaveiro/opentelemetry', onTopOf: [...CORE, '@opentelemetry/api'], atMostBytes: 2.1 * KIB },
  { entry: '@chaveiro/assine-online', onTopOf: CORE, atMostBytes: 4 * KIB },
]
