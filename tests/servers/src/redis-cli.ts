import { execFileSync } from 'node:child_process'
import { program } from './needs.ts'

const TIMEOUT_MS = 30_000

/** Runs redis-cli with these arguments; gives what it printed. */
export function redisCli(...args: readonly string[]): string {
  return execFileSync(program('redis-cli'), args, { stdio: 'pipe', encoding: 'utf8' })
}

/** Asks a Redis until its answer has this in it. Each question takes some milliseconds. */
export function redisUntil(port: number, expected: string, ...command: readonly string[]): void {
  const end = performance.now() + TIMEOUT_MS
  while (!redisCli('-p', String(port), ...command).includes(expected)) {
    if (performance.now() > end) throw new Error(`The Redis on port ${port} did not come to say ${expected}.`)
  }
}
