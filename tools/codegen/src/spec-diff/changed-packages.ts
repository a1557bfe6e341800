import type { Demand } from './changesets.ts'
import { changedSince, git } from './git.ts'

/**
 * The published packages whose code, or whose reviewed surface, has changed since the base: each needs a changeset. The
 * version alone is changed by a release, which has used the changesets up.
 */
export function changedPackages(root: string, base: string): readonly Demand[] {
  const folders = new Map<string, string>()
  for (const path of changedSince(root, base)) {
    const [, folder, file] = /^packages\/([^/]+)\/(src\/.+|etc\/.+|package\.json)$/.exec(path) ?? []
    if (folder === undefined || file === undefined || folders.has(folder)) continue
    if (file !== 'package.json' || !isRelease(root, base, path)) folders.set(folder, path)
  }
  return [...folders].map(([folder, path]) => ({
    packageName: folder === 'cli' ? 'chaveiro' : `@chaveiro/${folder}`,
    bump: 'patch',
    why: `${path} has changed`,
  }))
}

function isRelease(root: string, base: string, path: string): boolean {
  const changed = git(root, 'diff', '--unified=0', base, '--', path) ?? ''
  const lines = changed.split('\n').filter((line) => /^[+-](?![+-])/.test(line))
  return lines.length > 0 && lines.every((line) => /^[+-]\s*"version":/.test(line))
}
