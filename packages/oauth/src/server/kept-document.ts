import { isChaveiroError } from '@chaveiro/core'
import type { ProviderIo } from '@chaveiro/core/provider'

/** How long a document is used before it is read again. Endpoints move once in years. */
const MAX_AGE_MS = 3_600_000
/** How long the last one goes on before the next try, while it can't be read again. */
const PAUSE_MS = 300_000

interface Kept<Document> {
  readonly document: Document
  readonly until: number
}

type Io = Pick<ProviderIo, 'lookUp' | 'now' | 'signal'>

/**
 * Keeps a document for an hour. All who need it at once share one reading, and while it can't be read again, the last
 * one goes on.
 */
export function keptDocument<Document>(read: (io: Io) => Promise<Document>): (io: Io) => Promise<Document> {
  let kept: Kept<Document> | undefined
  let reading: Promise<Document> | undefined

  const readAgain = async (io: Io): Promise<Document> => {
    try {
      const document = await read(io)
      kept = { document, until: io.now + MAX_AGE_MS }
      return document
    } catch (error) {
      const isWrong = isChaveiroError(error) && error.code !== 'unavailable'
      if (!kept || isWrong) throw error
      kept = { document: kept.document, until: io.now + PAUSE_MS }
      // The time for this call is over; the next one goes on with what was kept.
      io.signal.throwIfAborted()
      return kept.document
    } finally {
      reading = undefined
    }
  }

  return async (io) => {
    // A clock that was set back must not keep a document for longer.
    const isFresh = kept && io.now < kept.until && kept.until - io.now <= MAX_AGE_MS
    if (kept && isFresh) return kept.document
    while (reading) {
      try {
        return await reading
      } catch (error) {
        // The caller that read gave up, and this one goes on.
        if (isChaveiroError(error)) throw error
        io.signal.throwIfAborted()
      }
    }
    reading = readAgain(io)
    return reading
  }
}
