import { access, link, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Secret } from '@chaveiro/core'
import { keyFromFile } from '@chaveiro/stores/file'
import { generateKey } from '@chaveiro/stores/sealer'
import { writeKeyFile } from './private-files.ts'

/** Names the key of a state folder in what it encrypted. */
export const STATE_KEY_ID = 'state'

/** The key of a state folder, which is made when the first token is kept there. */
export function stateKey(folder: string): () => Promise<Secret> {
  return async () => {
    const path = pathOf(folder)
    if (!(await exists(path))) await createKeyFile(path)
    return keyFromFile(path)()
  }
}

/** The same key, where the folder has one from before another key was given. */
export function existingStateKey(folder: string): () => Promise<Secret> {
  return keyFromFile(pathOf(folder))
}

/** Whole or not at all; if another process is faster, its key counts. */
async function createKeyFile(path: string): Promise<void> {
  const draft = `${path}.${crypto.randomUUID()}`
  await writeKeyFile(draft, generateKey())
  try {
    await link(draft, path)
  } catch (error) {
    if (!(await exists(path))) throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function pathOf(folder: string): string {
  return join(folder, 'sealing-key')
}
