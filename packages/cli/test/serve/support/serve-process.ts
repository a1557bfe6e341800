import { once } from 'node:events'
import type { Outcome } from '../../support/called-command.ts'
import type { Home, ProcessOptions } from '../../support/home.ts'

/** `chaveiro serve` that runs. */
export interface ServeProcess {
  readonly url: string
  get(path: string, key: string): Promise<Response>
  /** Ends it, as a supervisor does. */
  stop(signal?: NodeJS.Signals): Promise<Outcome>
}

/** Starts `chaveiro serve` on a free port, and waits until it listens. */
export async function startServe(
  home: Home,
  words: readonly string[] = [],
  options: ProcessOptions = {},
): Promise<ServeProcess> {
  const { child, outcome } = home.start(['serve', '--port', '0', ...words], options)
  const { stdout } = child
  if (stdout === null) throw new TypeError('Its stdout is a pipe.')
  let text = ''
  while (!text.includes('\n')) {
    const arrived = await Promise.race([once(stdout, 'data'), outcome])
    if (!Array.isArray(arrived)) throw new Error(`It ended with ${arrived.status}: ${arrived.stderr}`)
    text += String(arrived[0])
  }
  const { url }: { readonly url: string } = JSON.parse(text.split('\n')[0] ?? '')
  return {
    url,
    get: (path, key) => fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } }),
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return outcome
    },
  }
}
