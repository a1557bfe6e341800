import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { program } from './needs.ts'
import { type RunningServer, startServer, temporaryFolder } from './running-server.ts'

/** Where Prometheus reads metrics. */
export interface ScrapeTarget {
  /** The label `job` of everything that it reads there. */
  readonly job: string
  readonly port: number
  /** What it signs in with. @default nothing */
  readonly bearer?: string | undefined
}

/** One series of an answer. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** A Prometheus of our own. */
export interface RunningPrometheus extends Pick<RunningServer, 'url'>, AsyncDisposable {
  /** What the expression returns now. */
  query(expression: string): Promise<readonly Sample[]>
  /** Asks until the answer is as it should be. Fails with the last answer after half a minute. */
  until(expression: string, isRight: (samples: readonly Sample[]) => boolean): Promise<readonly Sample[]>
}

const PATIENCE_MS = 30_000
const POLL_MS = 50

/** Starts a Prometheus that reads these targets every second and keeps what it read in a folder of its own. */
export async function startPrometheus(targets: readonly ScrapeTarget[]): Promise<RunningPrometheus> {
  const folder = temporaryFolder('prometheus')
  const settings = join(folder, 'prometheus.yml')
  writeFileSync(settings, settingsOf(targets))
  const server = await startServer(
    folder,
    (port) => `http://127.0.0.1:${port}`,
    (port) => ({
      command: [
        program('prometheus'),
        `--config.file=${settings}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      ready: 'Server is ready to receive web requests.',
    }),
  )
  const query: RunningPrometheus['query'] = (expression) => ask(server.url, expression)
  return {
    url: server.url,
    query,
    async until(expression, isRight) {
      const end = performance.now() + PATIENCE_MS
      for (;;) {
        const samples = await query(expression)
        if (isRight(samples)) return samples
        if (performance.now() > end) throw new Error(`${expression} returns ${JSON.stringify(samples)}`)
        await setTimeout(POLL_MS)
      }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** Runs promtool with these arguments. @throws {Error} with what it printed, if it finds a fault. */
export function promtool(...args: readonly string[]): string {
  return execFileSync(program('promtool'), args, { encoding: 'utf8', stdio: 'pipe' })
}

// JSON is YAML.
function settingsOf(targets: readonly ScrapeTarget[]): string {
  return JSON.stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: targets.map(({ job, port, bearer }) => ({
      job_name: job,
      static_configs: [{ targets: [`127.0.0.1:${port}`] }],
      ...(bearer !== undefined && { authorization: { credentials: bearer } }),
    })),
  })
}

async function ask(url: string, expression: string): Promise<readonly Sample[]> {
  const response = await fetch(`${url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query: expression }),
  })
  const answer: Answer = await response.json()
  if (answer.status !== 'success') throw new Error(`${expression}: ${answer.error}`)
  return answer.data.result.map(({ metric, value: [, text] }) => ({ labels: metric, value: Number(text) }))
}

/** Of an expression that returns an instant vector (https://prometheus.io/docs/prometheus/latest/querying/api/). */
type Answer =
  | { readonly status: 'error'; readonly error: string }
  | {
      readonly status: 'success'
      readonly data: { readonly result: readonly { metric: Record<string, string>; value: [number, string] }[] }
    }
