import { stat } from 'node:fs/promises'
import { ChaveiroError, isChaveiroError, type Secret } from '@chaveiro/core'
import { errorCode, textProperty } from '../cell/error-code.ts'
import { keyFromText } from '../sealer/sealing-key.ts'
import { type FileFacts, READ_THROUGH_LINKS, systemFiles } from './file-system.ts'
import { readRegularFile } from './read-regular-file.ts'
import { isWritableByOthers, requireRegular, shown, untrusted } from './trust.ts'

// A key has 44 characters; the rest is room for white space.
const MAX_BYTES = 65_536

/**
 * A sealing key in a file, such as a mounted secret: base64url or base64, with or without white space around it. The
 * file is read when the key is first needed, and again after a failure. It lives in this entry, because it
 * needs Node, which `@chaveiro/stores/sealer` does not.
 *
 * @example
 * const sealer = createSealer({ keys: [{ id: '2026-01', key: keyFromFile('/run/secrets/sealing-key') }] })
 */
export function keyFromFile(path: string): () => Promise<Secret> {
  if (typeof path !== 'string' || path === '') throw new TypeError('keyFromFile needs the path of a file.')
  return async () => {
    const text = await keyText(path)
    try {
      return keyFromText(text)
    } catch (error) {
      throw new ChaveiroError(
        'store',
        `The file ${path} contains no sealing key. ${textProperty(error, 'message') ?? ''}`,
      )
    }
  }
}

async function keyText(path: string): Promise<string> {
  // The path is the caller's own, and mounted secrets are links, so links are followed.
  const requireSafe = (facts: FileFacts): void => {
    requireRegular(path, facts)
    if (systemFiles.uid() !== undefined && isWritableByOthers(facts)) {
      throw untrusted(
        `Other users may write the file of the sealing key. Check it, then run: chmod go-w ${shown(path)}`,
      )
    }
  }
  try {
    // Opening a device may already do something, so it is looked at before as well.
    requireSafe(await stat(path))
    const rules = { flags: READ_THROUGH_LINKS, maxBytes: MAX_BYTES, require: requireSafe }
    return new TextDecoder().decode(await readRegularFile(systemFiles, path, rules))
  } catch (error) {
    if (isChaveiroError(error)) throw error
    const code = errorCode(error)
    const why = code === undefined ? '' : ` (${code})`
    throw new ChaveiroError('store', `The file of the sealing key, ${path}, could not be read${why}.`)
  }
}
