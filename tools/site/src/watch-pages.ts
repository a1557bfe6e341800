import { watch } from 'node:fs'
import { stagePages } from './stage-pages.ts'

// An editor that saves a file changes it several times.
const QUIET_MS = 200

/** Stages the pages again whenever a Markdown file or a spec of the repository changes, until the process ends. */
export function watchPages(root: string, folder: string): void {
  let pending: NodeJS.Timeout | undefined
  watch(root, { recursive: true }, (_, path) => {
    if (path === null || !/\.(?:md|yaml)$/.test(path) || /node_modules|\/build\//.test(path)) return
    clearTimeout(pending)
    pending = setTimeout(() => stagePages(root, folder).catch((error) => console.error(String(error))), QUIET_MS)
  })
}
