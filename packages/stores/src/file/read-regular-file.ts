import type { FileFacts, FileSystem } from './file-system.ts'
import { shown, untrusted } from './trust.ts'

/** What a file has to fulfil to be read. */
export interface ReadRules {
  /** The flags to open it with. */
  readonly flags: number
  readonly maxBytes: number
  /** Throws for a file that must not be read. */
  readonly require: (facts: FileFacts) => void
}

/** Reads a file whole, but nothing endless and nothing that was put in its place since it was looked at. */
export async function readRegularFile(
  system: Pick<FileSystem, 'open'>,
  path: string,
  { flags, maxBytes, require }: ReadRules,
): Promise<Uint8Array> {
  const file = await system.open(path, flags)
  try {
    const facts = await file.stat()
    require(facts)
    if (facts.size > maxBytes) {
      throw untrusted(`The file ${shown(path)} has ${facts.size} bytes, and the limit is ${maxBytes}. Remove it.`)
    }
    // Reading one more byte reveals a file that is longer than its stated size.
    const buffer = new Uint8Array(facts.size + 1)
    let length = 0
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length)
      if (bytesRead === 0) return buffer.subarray(0, length)
      length += bytesRead
      if (length === buffer.length) throw untrusted(`The file ${shown(path)} grows while it is read. Remove it.`)
    }
  } finally {
    await file.close()
  }
}
