import { installLines } from './install-lines.ts'
import type { Language } from './phrases.ts'
import { phrases } from './phrases-by-language.ts'

/** The version in the manifest of a package that no release has taken along yet. */
export const UNRELEASED = '0.0.0'

export interface ReleaseBlockOptions {
  readonly language: Language
  /** Where the project's README is from this one; empty for that one itself. */
  readonly projectReadme: string
  /** The versions of our packages, by their names. */
  readonly versions: ReadonlyMap<string, string>
}

/**
 * What a README says below its install line: that its packages are not on npm yet, and nothing once they are.
 * `undefined` for a README that installs no package of ours.
 */
export function releaseBlock(
  readme: string,
  { language, projectReadme, versions }: ReleaseBlockOptions,
): string | undefined {
  const installed = installLines(readme).flatMap(({ packages }) => packages.flatMap((name) => versions.get(name) ?? []))
  if (installed.length === 0) return undefined
  return installed.includes(UNRELEASED) ? phrases[language].notReleased(projectReadme) : ''
}
