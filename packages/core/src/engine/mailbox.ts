/** Reaches the request of a Worker in which it was made. */
export interface Mailbox {
  /** Runs this within that request: at once, or never if the request is gone. */
  readonly post: (letter: () => void) => void
  /** Resolves as soon as that request has run; never if it is gone. */
  readonly ping: () => Promise<void>
  /** Nothing is read any more. */
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
