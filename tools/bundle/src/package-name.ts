/** The package of an import: `@chaveiro/core` of `@chaveiro/core/retry`. */
export function packageNameOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}
