// Defined by the build.
declare const CHAVEIRO_VERSION: string

/** The version of this package. */
export function version(): string {
  return CHAVEIRO_VERSION
}
