import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of this user alone, which ends with the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chaveiro-serve-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}
