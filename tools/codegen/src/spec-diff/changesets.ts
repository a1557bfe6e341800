import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import parseChangeset from '@changesets/parse'
import { UNRELEASED } from '../readme/release-block.ts'
import { type Bump, isAtLeast, largest } from './bump.ts'
import { changedSince, git } from './git.ts'

/** A bump that something demands of a package, and why. */
export interface Demand {
  readonly packageName: string
  readonly bump: Bump
  readonly why: string
}

/** What the changesets of a branch declare. */
export interface Declared {
  /** The largest bump for a package: by changesets that are new since the base, or, before its first release, by any. */
  bumpOf(packageName: string): Bump
}

/** Reads the changesets of the working tree, and which of them the base does not have. */
export function declaredSince(root: string, base: string): Declared {
  const changed = new Set(changedSince(root, base))
  const files = readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md') && name !== 'README.md')
  const releases = files.flatMap((name) => {
    const isNew = changed.has(`.changeset/${name}`)
    return releasesIn(readFileSync(join(root, '.changeset', name), 'utf8')).map((release) => ({ ...release, isNew }))
  })
  return {
    bumpOf(packageName) {
      const isReleased = releasedVersion(root, base, packageName) !== undefined
      const counted = releases.filter(({ name, isNew }) => name === packageName && (isNew || !isReleased))
      return largest(counted.map(({ type }) => type))
    },
  }
}

/** Sentences about demands that no changeset meets, each with the command that fixes it. */
export function unmet(demands: readonly Demand[], declared: Declared): readonly string[] {
  return demands
    .filter(({ packageName, bump }) => !isAtLeast(declared.bumpOf(packageName), bump))
    .map(
      ({ packageName, bump, why }) =>
        `${why}, and no changeset says so. Run npx --yes pnpm@12.21.0 changeset, and choose ${packageName} and ${bump}.`,
    )
}

/** The version in `package.json` at the base, if it was released. */
function releasedVersion(root: string, base: string, packageName: string): string | undefined {
  const folder = packageName === 'chaveiro' ? 'cli' : packageName.replace(/^@[^/]+\//, '')
  const text = git(root, 'show', `${base}:packages/${folder}/package.json`)
  const { version = UNRELEASED }: { version?: string } = text === undefined ? {} : JSON.parse(text)
  return version === UNRELEASED ? undefined : version
}

/** A changeset that cannot be read declares nothing: `changeset` itself says what is wrong with it. */
function releasesIn(text: string): readonly { readonly name: string; readonly type: Bump }[] {
  try {
    return parseChangeset(text.replace(/^---\n+/, '---\n')).releases
  } catch {
    return []
  }
}
