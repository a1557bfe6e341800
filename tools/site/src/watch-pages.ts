import { watch } from 'node:fs'
import { dirname, join } from 'node:path'
import { openRepository } from './repository.ts'
import { sectionsOf } from './sections.ts'
import { stagePages } from './stage-pages.ts'

// An editor that saves a file changes it several times.
const QUIET_MS = 200

/**
 * Stages the pages again whenever one of their sources changes, until the process ends. It watches their folders, because
 * an editor may replace a file, and no others: a watch of the whole repository would take in all that is installed.
 */
export function watchPages(root: string, folder: string): void {
  const pages = sectionsOf(openRepository(root)).flatMap((section) => section.pages)
  const folders = new Set(pages.flatMap(({ sources }) => Object.values(sources).map((source) => dirname(source))))
  let pending: NodeJS.Timeout | undefined
  for (const path of folders) {
    watch(join(root, path), (_, name) => {
      if (!name?.endsWith('.md')) return
      clearTimeout(pending)
      pending = setTimeout(() => stagePages(root, folder).catch((error) => console.error(String(error))), QUIET_MS)
    })
  }
}
