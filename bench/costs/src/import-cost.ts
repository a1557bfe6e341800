import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Row } from './row.ts'
import { startRows } from './start-rows.ts'

const HERE = fileURLToPath(new URL('..', import.meta.url))

/** What a process costs that imports an entry, against one that imports an empty module. */
export function importCost(entry: string, atMost: number): readonly Row[] {
  // Within this package, where the entry can be resolved.
  const folder = mkdtempSync(join(HERE, 'node_modules/.start-'))
  try {
    writeFileSync(join(folder, 'empty.mjs'), '')
    writeFileSync(join(folder, 'imports-nothing.mjs'), "import './empty.mjs'\n")
    writeFileSync(join(folder, 'imports-entry.mjs'), `import '${entry}'\n`)
    return startRows({
      what: `import of \`${entry}\``,
      against: 'importing an empty module',
      subject: { args: ['imports-entry.mjs'], cwd: folder },
      baseline: { args: ['imports-nothing.mjs'], cwd: folder },
      atMost,
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
