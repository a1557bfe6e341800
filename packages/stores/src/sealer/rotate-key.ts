import { requireKnownOptions } from '../cell/check-options.ts'
import type { ResealResult, RotatableStore } from './rotatable-store.ts'

/** Options of {@link rotateKey}. */
export interface RotateKeyOptions {
  /** Ends it between two records. What is done stays done. */
  signal?: AbortSignal | undefined
  /** Records at a time. @default 4 */
  concurrency?: number | undefined
  /** Called after each record. */
  onProgress?: ((progress: RotationProgress) => void) | undefined
}

/** How far a rotation has come. The old key may go when nothing is left `contended`. */
export interface RotationProgress {
  /** Records looked at. */
  readonly seen: number
  /** Records that were sealed again with the first key. */
  readonly resealed: number
  /** Sealed with the first key before already. */
  readonly current: number
  /** Keys of records that other processes kept writing. Run the rotation once more. */
  readonly contended: readonly string[]
  /** Keys of records that none of the sealer's keys opens. They stay as they are. */
  readonly unreadable: readonly string[]
}

/**
 * Seals every record of a store with the first key of its sealer, by compare-and-swap beside running processes. What
 * is sealed with it already is passed over, so a rotation that was broken off is resumed by running it again.
 *
 * @throws the signal's reason when that aborts, a ChaveiroError with code `store` when the store fails, a TypeError for a
 * store without a sealer.
 * @example
 * const { resealed, unreadable } = await rotateKey(store, { onProgress: ({ seen }) => console.log(seen) })
 */
export async function rotateKey(store: RotatableStore, options: RotateKeyOptions = {}): Promise<RotationProgress> {
  requireKnownOptions('rotateKey', options, ['signal', 'concurrency', 'onProgress'])
  const { signal, onProgress, concurrency = 4 } = options
  if (!(concurrency >= 1)) throw new TypeError('Option concurrency must be a number of at least 1.')
  const counts: Record<ResealResult, number> = { resealed: 0, current: 0, contended: 0, unreadable: 0, gone: 0 }
  const contended: string[] = []
  const unreadable: string[] = []
  let seen = 0
  const progress = (): RotationProgress => {
    const { resealed, current } = counts
    return { seen, resealed, current, contended: [...contended], unreadable: [...unreadable] }
  }

  const keys = store.keys()[Symbol.asyncIterator]()
  let hasFailed = false
  const work = async (): Promise<void> => {
    try {
      while (!hasFailed) {
        signal?.throwIfAborted()
        const { done, value: key } = await keys.next()
        if (done) return
        const result = await store.reseal(key)
        seen += 1
        counts[result] += 1
        if (result === 'contended') contended.push(key)
        if (result === 'unreadable') unreadable.push(key)
        onProgress?.(progress())
      }
    } catch (error) {
      hasFailed = true
      throw error
    }
  }

  const ends = await Promise.allSettled(Array.from({ length: Math.floor(concurrency) }, work))
  await keys.return?.()
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return progress()
}
