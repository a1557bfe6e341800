import { spawn } from 'node:child_process'
import type { Check, Command, Ran } from './check.ts'

const onWindows = process.platform === 'win32'

// Every POSIX shell has `times`, which tells what the processes it waited for have used. Node can't tell.
const WITH_TIMES: Command = ['sh', '-c', '"$@"; status=$?; times >&3; exit $status', 'sh']

/** Runs the command of a check in a folder. A program that can't be started fails it. */
export function runCheck(check: Check, folder: string): Promise<Ran> {
  const { command, shown = false, read = (printed) => printed } = check
  const [program, ...args]: Command = onWindows ? command : [...WITH_TIMES, ...command]
  const io = shown ? 'inherit' : 'pipe'
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: folder, shell: onWindows, stdio: ['ignore', io, io, 'pipe'] })
    const printed = collect(child.stdout, child.stderr)
    const times = collect(child.stdio[3])
    const end = (state: Ran['state'], output: string): void =>
      resolve({ check, state, output, wallMs: performance.now() - startedAt, cpuMs: childTimeMs(times()) })
    child.once('error', ({ message }) => end('failed', `${program} could not be started: ${message}\n`))
    child.once('close', (status) => end(status === 0 ? 'passed' : 'failed', read(printed())))
  })
}

/** Gives what these streams have carried so far, in the order in which it came. */
function collect(...streams: readonly (NodeJS.ReadableStream | NodeJS.WritableStream | null | undefined)[]) {
  const chunks: Buffer[] = []
  for (const stream of streams) stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  return (): string => Buffer.concat(chunks).toString()
}

/** The sum of the second line, `0m1.20s 0m0.31s`: what child processes took for themselves and in the system. */
export function childTimeMs(times: string): number | undefined {
  const [, ofChildren = ''] = times.split('\n')
  const parts = [...ofChildren.matchAll(/(\d+)m(\d+)[.,](\d+)s/g)].map(
    ([, minutes, seconds, fraction]) => Number(minutes) * 60_000 + Number(`${seconds}.${fraction}`) * 1_000,
  )
  return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part)
}
