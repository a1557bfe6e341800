import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { vi } from 'vitest'
import type { run } from '../../src/program/run.ts'
import type { Host } from '../../src/terminal/host.ts'
import { VERSION } from './version.ts'

/** What a command came to. */
export interface Outcome {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that runs within the test's own process. */
export interface CalledCommand {
  readonly stdin: PassThrough
  readonly stdout: PassThrough
  readonly stderr: PassThrough
  /** Hands it a signal, as the system hands one to a process. */
  readonly kill: (signal: NodeJS.Signals) => void
  readonly outcome: Promise<Outcome>
}

// Only a process obeys them: Node reads them as it starts.
const OF_PROCESSES = ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS']

// The build defines it in the command that is published.
Object.assign(globalThis, { CHAVEIRO_VERSION: VERSION })

/** Calls a command as its `main.ts` does, with everything of the process in the test's hands. */
export function callCommand(
  load: () => Promise<typeof run>,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): CalledCommand {
  const deaf = OF_PROCESSES.filter((name) => name in env)
  if (deaf.length > 0) throw new TypeError(`Only a process obeys ${deaf.join(' and ')}. Start one.`)
  const signals = new EventEmitter()
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() }
  const host: Host = Object.assign(signals, streams, {
    env: { ...env },
    exit: () => {
      throw new Error('Only a process can end where it is. Start one.')
    },
  })
  // The library of the keychain reads it from the process itself.
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', env['DBUS_SESSION_BUS_ADDRESS'])
  const outcome = async (): Promise<Outcome> => {
    const printed = Promise.all([text(streams.stdout), text(streams.stderr)])
    try {
      const runCommand = await load()
      await runCommand(words, host)
    } finally {
      signals.removeAllListeners()
      streams.stdout.end()
      streams.stderr.end()
    }
    const [stdout, stderr] = await printed
    return { status: Number(host.exitCode ?? 0), signal: null, stdout, stderr }
  }
  return { ...streams, kill: (signal) => void signals.emit(signal, signal), outcome: outcome() }
}
