import { readFile } from 'node:fs/promises'
import { ChaveiroError, type Secret } from '@chaveiro/core'
import { keyFromText } from '../sealer/sealing-key.ts'

/**
 * A sealing key that stands in a file, as a mounted secret does: base64url or base64, white space around it does not
 * matter. The file is read when the key is first needed, and again after a failure. It lives in this entry, because it
 * needs Node, which `@chaveiro/stores/sealer` does not.
 *
 * @example
 * const sealer = createSealer({ keys: [{ id: '2026-01', key: keyFromFile('/run/secrets/sealing-key') }] })
 */
export function keyFromFile(path: string): () => Promise<Secret> {
  if (typeof path !== 'string' || path === '') throw new TypeError('keyFromFile needs the path of a file.')
  return async () => {
    let text: string
    try {
      text = await readFile(path, 'utf8')
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
      throw new ChaveiroError('store', `The file of the sealing key, ${path}, could not be read${code}.`)
    }
    try {
      return keyFromText(text)
    } catch (error) {
      const why = error instanceof TypeError ? error.message : 'It holds no key.'
      throw new ChaveiroError('store', `The file ${path} holds no sealing key. ${why}`)
    }
  }
}
