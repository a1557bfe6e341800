import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const HOOK = fileURLToPath(new URL('./report-usage.cjs', import.meta.url))

/** A server in a process of its own. */
export interface MeasuredServer extends AsyncDisposable {
  readonly url: string
  /** Microseconds of CPU time, user and system, since it started. */
  cpu(): Promise<number>
  /** Bytes of its heap after a garbage collection. */
  heap(): Promise<number>
}

/** Runs a program that says where it listens on its first line, plainly or as `url` of a JSON document. */
export async function measuredServer(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<MeasuredServer> {
  const child = spawn(process.execPath, ['--expose-gc', '--require', HOOK, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  if (child.stdout === null) throw new TypeError('Its stdout is a pipe.')
  const ended = once(child, 'close')
  // Read to the end, because a server whose log is not read stops.
  const lines = createInterface({ input: child.stdout })
  const [line]: unknown[] = await Promise.race([once(lines, 'line'), ended])
  if (typeof line !== 'string') throw new Error(`${args.join(' ')} ended before it listened.`)
  const url: string = line.startsWith('{') ? JSON.parse(line).url : line
  const ask = async (what: string): Promise<{ cpu: number; heap: number }> => {
    const answer = once(child, 'message')
    child.send(what)
    const [usage]: { cpu: number; heap: number }[] = await answer
    if (usage === undefined) throw new TypeError('It answers with its usage.')
    return usage
  }
  return {
    url,
    cpu: async () => (await ask('cpu')).cpu,
    heap: async () => (await ask('heap')).heap,
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  }
}
