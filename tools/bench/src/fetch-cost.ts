import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createBitize } from '@chaveiro/bitize'
import { compare, cpuMicroseconds } from './interleaved.ts'
import type { Row } from './row.ts'

const AT_LEAST = 0.85

/**
 * `source.fetch` against the same request by hand, by CPU time of this process. The server is a process of its own, so
 * that its work is not counted.
 */
export async function fetchCost(): Promise<Row> {
  const server = spawn(process.execPath, [fileURLToPath(new URL('./echo-server.js', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = await once(server.stdout, 'data')
    const url = new URL(String(line).trim())
    await using bitize = createBitize({ server: url, consumerKey: 'bench', secretKey: 'bench' })
    await bitize.seed({
      accessToken: 'a-token-of-the-usual-length-0123456789abcdef',
      expiresAt: Date.now() + 86_400_000,
    })
    const token = await bitize.getToken()
    const path = new URL('/vendors', url)
    const subject = {
      name: 'source.fetch',
      run: (times: number) => repeat(times, () => bitize.fetch(path)),
    }
    const baseline = {
      name: 'fetch',
      run: (times: number) =>
        repeat(times, () =>
          fetch(path, { headers: { authorization: `Bearer ${token.reveal()}` }, signal: AbortSignal.timeout(30_000) }),
        ),
    }
    const result = await compare(subject, baseline, { cost: cpuMicroseconds, rounds: 21, times: 1_000 })
    const share = 1 / result.ratio
    return {
      what: '`source.fetch`, CPU time',
      measured: `${result.subject.toFixed(0)} µs`,
      against: `\`fetch\` with a header and \`AbortSignal.timeout\`, ${result.baseline.toFixed(0)} µs`,
      figure: `${share.toFixed(2)}× its speed`,
      limit: `at least ${AT_LEAST}×`,
      kept: share >= AT_LEAST,
    }
  } finally {
    server.kill()
  }
}

async function repeat(times: number, send: () => Promise<Response>): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    const response = await send()
    await response.arrayBuffer()
  }
}
