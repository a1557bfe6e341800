/** Reaches the request of a Worker in which it was made. */
export interface Mailbox {
  /** Runs the function within that request at once, or never if the request has ended. */
  readonly post: (letter: () => void) => void
  /** Resolves when that request has run. Never resolves if it has ended. */
  readonly ping: () => Promise<void>
  /** From now on nothing is read. */
  readonly quit: () => void
}

/** A promise carries the letters, because workerd continues each promise in the request that waits for it. */
export function mailbox(): Mailbox {
  const letters: (() => void)[] = []
  let wake: () => void = () => {}
  let isOpen = true
  const read = async (): Promise<void> => {
    while (isOpen) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
      for (const letter of letters.splice(0)) letter()
    }
  }
  read().catch(() => {})
  const post = (letter: () => void): void => {
    letters.push(letter)
    wake()
  }
  return {
    post,
    ping: () => new Promise(post),
    quit: () => {
      isOpen = false
      wake()
    },
  }
}
