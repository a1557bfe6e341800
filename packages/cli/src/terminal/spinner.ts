import { cells, widthOf } from './fit.ts'
import type { Output } from './host.ts'

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const
const EVERY_MS = 80
const SECONDS_FROM_MS = 1_000
// Back to the start of the line, and clear it.
const CLEAR = '\r\u001b[K'

/** Shows that work goes on: a line that moves, on a terminal where that is wanted. Returns what takes it away again. */
export function startSpinner(stream: Output, env: Readonly<NodeJS.ProcessEnv>, text: string): () => void {
  if (!moves(stream, env)) return () => {}
  const started = performance.now()
  let frame = 0
  const draw = (): void => {
    const elapsed = performance.now() - started
    const line = `  ${FRAMES[frame++ % FRAMES.length]} ${text}${elapsed < SECONDS_FROM_MS ? '' : `  ${Math.floor(elapsed / 1_000)} s`}`
    // A line that is broken by the terminal could not be cleared.
    const isShort = cells(line) < (widthOf(stream, env) ?? 0)
    stream.write(`${CLEAR}${isShort ? line : line.slice(0, '  ⠋'.length)}`)
  }
  draw()
  const timer = setInterval(draw, EVERY_MS)
  return () => {
    clearInterval(timer)
    stream.write(CLEAR)
  }
}

/** A log of CI keeps every frame, and a dumb terminal cannot go back. */
function moves(stream: { readonly isTTY?: boolean }, env: Readonly<NodeJS.ProcessEnv>): boolean {
  return stream.isTTY === true && !env['CI'] && env['TERM'] !== 'dumb'
}
