import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ReadingSession } from '../../src/files/read-file.ts'
import { loadTexts } from '../../src/messages/texts.ts'

/** What reading needs, within the test's own process, whose stdin is this content. It is in the file `stdin` of `folder` too. */
export async function sessionWith(stdin: string | Uint8Array): Promise<ReadingSession & { readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'chaveiro-session-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'stdin')
  writeFileSync(path, stdin)
  const { signal } = new AbortController()
  const nothing = (): undefined => undefined
  return {
    folder,
    stdin: createReadStream(path),
    texts: await loadTexts('en'),
    interruption: { signal, exit: nothing, handOver: nothing, interrupt: nothing, stop: nothing },
  }
}
