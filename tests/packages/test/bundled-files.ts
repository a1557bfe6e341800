import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseAst } from 'vite'
import type { InstalledPackage } from '../src/index.ts'

/** The files of an installed package that users import or run, in the order of its manifest. */
export function entryFiles({ manifest }: InstalledPackage): readonly string[] {
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : Object.values(target).map(String),
  )
  const outputs = [...targets, ...Object.values(manifest.bin ?? {})].filter((path) => path.endsWith('.js'))
  return [...new Set(outputs.map((path) => path.replace('./', '')))]
}

/**
 * An entry's file and those that it imports of the same package, now or later. The code is parsed, because a file may hold
 * the text of another one: the simulator's page is in one.
 */
export function importedFiles({ folder }: InstalledPackage, entry: string): readonly string[] {
  const found = new Set([entry])
  for (const file of found) {
    const code = parseAst(readFileSync(join(folder, file), 'utf8'))
    for (const path of importsIn(code)) if (path.startsWith('.')) found.add(posix.join(posix.dirname(file), path))
  }
  return [...found]
}

/** What a syntax tree imports: each import, and each export from elsewhere, is a node with a `source`. */
function importsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return []
  const within = Object.values(node).flatMap(importsIn)
  const path = 'source' in node ? literalIn(node.source) : undefined
  return path === undefined ? within : [path, ...within]
}

/** The text of a string, which a minifier may have written as a template. */
function literalIn(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  if ('quasis' in node && Array.isArray(node.quasis) && node.quasis.length === 1) return literalIn(node.quasis[0])
  if (!('value' in node)) return undefined
  const { value } = node
  if (typeof value === 'object' && value !== null && 'cooked' in value) return String(value.cooked)
  return typeof value === 'string' ? value : undefined
}

/** Whether a file is more than imports and exports, so that a map has something to say of it. */
export function holdsCode(text: string): boolean {
  return text.replace(/(?:im|ex)port ?(?:\{[^}]*\})? ?(?:from ?)?(?:["'`][^"'`]+["'`])?;/g, '').trim() !== ''
}
