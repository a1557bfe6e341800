import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Manifest } from './manifest.ts'

/**
 * Imports each entry of a package as it was bundled: those under `default`, because others are for platforms that this
 * isn't. Each is imported in a thread of its own, because a circle of files shows or hides by which of them is loaded
 * first.
 *
 * @throws Error if one can't be imported
 */
export async function importEntries(folder: string, { name, exports = {} }: Manifest): Promise<void> {
  const files = Object.values(exports).flatMap((target) => {
    const file = typeof target === 'string' ? undefined : target['default']
    return typeof file === 'string' ? [file.replace('./', '')] : []
  })
  for (const file of new Set(files)) {
    const problem = await problemOf(pathToFileURL(join(folder, file)).href)
    if (problem === undefined) continue
    const reason = 'If its files import each other in a circle, one of them runs before what it needs is there.'
    throw new Error(`${name}: ${file} can't be imported as it was bundled (${problem}). ${reason}`)
  }
}

async function problemOf(url: string): Promise<string | undefined> {
  // Not the loaders and conditions of this process: they are a test's, or a watcher's.
  const thread = new Worker(`import(${JSON.stringify(url)})`, { eval: true, execArgv: [] })
  try {
    await once(thread, 'exit')
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
