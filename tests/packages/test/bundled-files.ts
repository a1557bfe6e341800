import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { InstalledPackage } from '../src/index.ts'

/** The files of an installed package that users import or run, in the order of its manifest. */
export function entryFiles({ manifest }: InstalledPackage): readonly string[] {
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : Object.values(target).map(String),
  )
  const outputs = [...targets, ...Object.values(manifest.bin ?? {})].filter((path) => path.endsWith('.js'))
  return [...new Set(outputs.map((path) => path.replace('./', '')))]
}

/** An entry's file and those that it imports of the same package, now or later. */
export function importedFiles({ folder }: InstalledPackage, entry: string): readonly string[] {
  const found = new Set([entry])
  for (const file of found) {
    const code = readFileSync(join(folder, file), 'utf8')
    for (const [, path = ''] of code.matchAll(OWN_IMPORT)) found.add(posix.join(posix.dirname(file), path))
  }
  return [...found]
}

const OWN_IMPORT = /\b(?:from|import) ?\(?["'`](\.{1,2}\/[\w./-]+\.js)["'`]/g

/** Whether a file is more than imports and exports, so that a map has something to say of it. */
export function holdsCode(text: string): boolean {
  return text.replace(/(?:im|ex)port ?(?:\{[^}]*\})? ?(?:from ?)?(?:["'`][^"'`]+["'`])?;/g, '').trim() !== ''
}
