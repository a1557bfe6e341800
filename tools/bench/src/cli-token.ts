import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { median } from './interleaved.ts'
import type { Row } from './row.ts'

const ROUNDS = 21
const LIMIT_MS = 60

/** How long `chaveiro token` takes with a token in its file store, as a whole process, against one that does nothing. */
export async function cliToken(): Promise<Row> {
  const main = join(createRequire(import.meta.url).resolve('chaveiro/package.json'), '../dist/main.js')
  const home = mkdtempSync(join(tmpdir(), 'chaveiro-bench-'))
  try {
    await signIn(main, home)
    const time = (...args: readonly string[]): number => {
      const started = performance.now()
      const { status, stderr } = spawnSync(process.execPath, args, { env: { HOME: home }, encoding: 'utf8' })
      if (status !== 0) throw new Error(`chaveiro token failed: ${stderr}`)
      return performance.now() - started
    }
    const samples = Array.from({ length: ROUNDS }, () => {
      const base = time('-e', '0')
      const token = time(main, 'token', 'bitize')
      return { base, token, above: token - 1.5 * base }
    })
    const above = median(samples.map((sample) => sample.above))
    return {
      what: '`chaveiro token`, from a file store',
      measured: `${median(samples.map((sample) => sample.token)).toFixed(0)} ms`,
      against: `\`node -e 0\`, ${median(samples.map((sample) => sample.base)).toFixed(0)} ms`,
      figure: `1.5× ${above < 0 ? '−' : '+'} ${Math.abs(above).toFixed(0)} ms`,
      limit: `at most 1.5× + ${LIMIT_MS} ms`,
      kept: above <= LIMIT_MS,
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function signIn(main: string, home: string): Promise<void> {
  const simulator = simulateBitize()
  await using server = await listen(simulator)
  const words = ['login', 'bitize', '--server', server.url.origin, '--from-file', '-']
  const child = spawn(process.execPath, [main, ...words], { env: { HOME: home }, stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin.end(JSON.stringify(simulator.credentials))
  const [status] = await once(child, 'close')
  if (status !== 0) throw new Error('chaveiro login failed.')
}
