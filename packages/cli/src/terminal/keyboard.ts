import { PassThrough, type Readable } from 'node:stream'
import type { Host, Input } from './host.ts'
import { pasteFilter } from './paste-filter.ts'

/**
 * The keyboard of a terminal, which the command reads itself from its first question to its end. What is typed or pasted
 * while no prompt is open is discarded: a secret that comes too late is neither shown nor left for the shell.
 */
export interface Keyboard {
  /** Gives a prompt what is typed while it is open. */
  during<T>(prompt: (input: Readable) => Promise<T>): Promise<T>
  /** Discards what is still coming and gives the keyboard back. */
  close(): Promise<void>
}

// A terminal then marks where a paste begins and ends.
const MARK_PASTES = '\u001b[?2004h'
const MARK_NO_PASTES = '\u001b[?2004l'
const CTRL_C = '\u0003'
const QUIET_MS = 250
const PATIENCE_MS = 2_000

/** Opens nothing before the first question. `interrupt` is called for Ctrl-C between the questions. */
export function createKeyboard(host: Host, interrupt: () => void): Keyboard {
  const { stderr: output } = host
  const paste = pasteFilter()
  let input: Input | undefined
  let reader: PassThrough | undefined
  let heard = (): void => {}

  function hear(chunk: Buffer): void {
    heard()
    const text = paste.read(chunk.toString())
    if (reader !== undefined) reader.write(text)
    else if (text.includes(CTRL_C)) interrupt()
  }

  function markNoPastes(): void {
    output.write(MARK_NO_PASTES)
  }

  function open(): void {
    if (input !== undefined) return
    input = host.stdin
    input.setRawMode?.(true)
    input.on('data', hear)
    // The terminal has gone.
    input.on('error', interrupt)
    output.write(MARK_PASTES)
    host.once('exit', markNoPastes)
  }

  /** Resolves when nothing has come for a while, or when too much has. */
  function quiet(): Promise<void> {
    const { promise, resolve } = withResolver()
    const last = setTimeout(resolve, PATIENCE_MS)
    let next = setTimeout(resolve, QUIET_MS)
    heard = () => {
      clearTimeout(next)
      next = setTimeout(resolve, paste.isOpen() ? PATIENCE_MS : QUIET_MS)
    }
    return promise.finally(() => {
      clearTimeout(last)
      clearTimeout(next)
    })
  }

  return {
    async during(prompt) {
      open()
      reader = new PassThrough()
      try {
        return await prompt(reader)
      } finally {
        reader.destroy()
        reader = undefined
      }
    },
    async close() {
      if (input === undefined) return
      await quiet()
      input.off('data', hear)
      input.pause()
      input.setRawMode?.(false)
      host.removeListener('exit', markNoPastes)
      markNoPastes()
      input = undefined
    },
  }
}

function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
