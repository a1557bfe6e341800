import type { Texts } from '../messages/texts.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'

/** Reads bytes as UTF-8, without a byte order mark. Any other encoding is refused: a secret read wrongly is a wrong secret. */
export function decodeText(bytes: Uint8Array, name: string, texts: Texts): string {
  refuseForeignEncoding(bytes, name, texts)
  const text = decoded(bytes)
  if (text !== undefined && !text.includes('\0')) return text
  throw new Failure(EXIT.usage, 'usage', texts.data.notText(name))
}

/** UTF-16, which PowerShell and Notepad write, has a name of its own in the error. The first bytes are enough. */
export function refuseForeignEncoding(head: Uint8Array, name: string, { data }: Texts): void {
  const encoding = foreignEncoding(head)
  if (encoding !== undefined) throw new Failure(EXIT.usage, 'usage', data.foreignEncoding(name, encoding))
}

/** Bytes of text without the byte order mark that editors on Windows begin it with. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return startsWith(bytes, [0xef, 0xbb, 0xbf]) ? bytes.subarray(3) : bytes
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const SAMPLE = 512

function foreignEncoding(bytes: Uint8Array): 'UTF-16' | 'UTF-32' | undefined {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) return 'UTF-32'
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return 'UTF-16'
  // Without a mark, the zeros tell: text in a Latin script has one in each pair, and three in each four of UTF-32.
  const sample = bytes.subarray(0, SAMPLE)
  const zeros = sample.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0)
  if (zeros > sample.length * 0.6) return 'UTF-32'
  return zeros > sample.length * 0.3 ? 'UTF-16' : undefined
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte)
}
