import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Demand } from './changesets.ts'
import { changedSince, git } from './git.ts'

/**
 * The published packages whose code, or whose reviewed surface, has changed since the base: each needs a changeset, and
 * so does a package that ships them inside its bundle. The version alone is changed by a release, which has used the
 * changesets up.
 */
export function changedPackages(root: string, base: string): readonly Demand[] {
  const folders = new Map<string, string>()
  for (const path of changedSince(root, base)) {
    const [, folder, file] = /^packages\/([^/]+)\/(src\/.+|etc\/.+|package\.json)$/.exec(path) ?? []
    if (folder === undefined || file === undefined || folders.has(folder)) continue
    if (file !== 'package.json' || !isRelease(root, base, path)) folders.set(folder, path)
  }
  const changed = [...folders].map(([folder, path]) => ({ packageName: nameOf(folder), path }))
  const own = changed.map(({ packageName, path }) => demand(packageName, `${path} has changed`))
  const bundling = bundles(root)
    .filter(({ folder }) => !folders.has(folder))
    .flatMap(({ folder, inside }) => {
      const first = changed.find(({ packageName }) => inside.includes(packageName))
      const why = `${first?.path} has changed, which is part of what ${nameOf(folder)} ships`
      return first === undefined ? [] : [demand(nameOf(folder), why)]
    })
  return [...own, ...bundling]
}

function demand(packageName: string, why: string): Demand {
  return { packageName, bump: 'patch', why }
}

function nameOf(folder: string): string {
  return folder === 'cli' ? 'chaveiro' : `@chaveiro/${folder}`
}

/** The commands, which carry other packages in them, and what may be inside: what they need while they are built. */
function bundles(root: string): readonly { readonly folder: string; readonly inside: readonly string[] }[] {
  return readdirSync(join(root, 'packages')).flatMap((folder) => {
    const path = join(root, 'packages', folder, 'package.json')
    if (!existsSync(path)) return []
    const { bin, devDependencies = {} }: CommandManifest = JSON.parse(readFileSync(path, 'utf8'))
    return bin === undefined ? [] : [{ folder, inside: Object.keys(devDependencies) }]
  })
}

interface CommandManifest {
  readonly bin?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

function isRelease(root: string, base: string, path: string): boolean {
  const changed = git(root, 'diff', '--unified=0', base, '--', path) ?? ''
  const lines = changed.split('\n').filter((line) => /^[+-](?![+-])/.test(line))
  return lines.length > 0 && lines.every((line) => /^[+-]\s*"version":/.test(line))
}
