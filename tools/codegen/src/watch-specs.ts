import { type FSWatcher, watch } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

// An editor's one save is several events; together they last a few milliseconds.
const QUIET_MS = 50

export interface WatchOptions {
  /** The root of the repository. */
  readonly root: string
  /** Ends the watch. */
  readonly signal: AbortSignal
  /** Called at once and after every change; never twice at a time. */
  readonly run: () => Promise<void>
}

/** Runs again whenever something below `specs`, or redocly.yaml, changes. Resolves when the signal aborts. */
export async function watchSpecs({ root, signal, run }: WatchOptions): Promise<void> {
  const watchers = new Map<string, FSWatcher>()
  let isDue = true
  let wake = (): void => {}
  const due = (): void => {
    isDue = true
    wake()
  }
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    while (!signal.aborted) {
      if (isDue) {
        isDue = false
        await watchFolders(root, watchers, due)
        await run()
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        if (!signal.aborted) await wait(QUIET_MS)
      }
    }
  } finally {
    for (const watcher of watchers.values()) watcher.close()
  }
}

/**
 * Watches every folder by itself: `recursive` loses sight of a file that an editor replaces by another, as most do.
 * Folders come and go, so this is repeated before each run.
 */
async function watchFolders(root: string, watchers: Map<string, FSWatcher>, due: () => void): Promise<void> {
  const entries = await readdir(join(root, 'specs'), { recursive: true, withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  for (const folder of [join(root, 'specs'), ...folders]) {
    if (!watchers.has(folder))
      watchers.set(
        folder,
        watchFolder(folder, due, () => watchers.delete(folder)),
      )
  }
  const onlyConfig = (name: string | null): void => {
    if (name === 'redocly.yaml') due()
  }
  if (!watchers.has(root))
    watchers.set(
      root,
      watchFolder(root, onlyConfig, () => watchers.delete(root)),
    )
}

function watchFolder(folder: string, changed: (name: string | null) => void, gone: () => void): FSWatcher {
  const watcher = watch(folder, (_event, name) => changed(name))
  watcher.on('error', () => {
    // A folder that was deleted, on Windows. Its parent has told of it.
    watcher.close()
    gone()
  })
  return watcher
}
