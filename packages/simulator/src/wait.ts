/** Begins something that calls back once; returns what cancels it. */
export type Begin = (done: () => void) => () => void

/** Waits until `begin` calls back, or rejects with the signal's reason and cancels. */
export const waitFor = async (begin: Begin, signal: AbortSignal | undefined): Promise<void> => {
  signal?.throwIfAborted()
  let cancel = (): void => {}
  let abort = (): void => {}
  try {
    await new Promise<void>((resolve, reject) => {
      abort = () => reject(signal?.reason)
      signal?.addEventListener('abort', abort, { once: true })
      cancel = begin(resolve)
    })
  } finally {
    signal?.removeEventListener('abort', abort)
    cancel()
  }
}
