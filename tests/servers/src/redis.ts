import { program } from './needs.ts'
import { foreignServer, type RunningServer, startServer, temporaryFolder } from './running-server.ts'

/** The Redis that CHAVEIRO_TEST_REDIS_URL names, else one of our own. */
export async function redisForTests(): Promise<RunningServer> {
  const url = process.env['CHAVEIRO_TEST_REDIS_URL']
  if (!url) return startRedis()
  return foreignServer(url, 6379)
}

// A primary would wait 5 s for more replicas before it gives the first one its data.
const PROMPT = ['--repl-diskless-sync-delay', '0']

/** A Redis of our own, empty, on this machine only, which writes nothing to disk. */
export function startRedis(...options: readonly string[]): Promise<RunningServer> {
  const folder = temporaryFolder('redis')
  const settings = ['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', ...PROMPT]
  return startServer(
    folder,
    (port) => `redis://127.0.0.1:${port}`,
    (port) => ({
      command: [program('redis-server'), '--port', String(port), ...settings, ...options],
      ready: 'Ready to accept connections',
    }),
  )
}
