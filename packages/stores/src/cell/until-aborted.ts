/** Starts an operation and waits for it or for the signal, whose own reason is then the error. */
export function untilAborted<T>(signal: AbortSignal | undefined, start: () => Promise<T>): Promise<T> {
  if (!signal) return start()
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const onAbort = (): void => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    start()
      // What comes after the abort settles nothing any more, so that nothing is left unhandled.
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort))
  })
}
