import type { Readable } from 'node:stream'
import { createSealer, generateKey, keyFromText, type Sealer } from '@chaveiro/stores/sealer'
import { Miniflare } from 'miniflare'
import type { TokenCells } from '../../../serverless/durable-object-store.ts'
import { bundle } from './bundle.ts'

/** The example's Worker on Cloudflare's own runtime. */
export interface RunningWorker extends AsyncDisposable {
  /** One request to it. */
  readonly ask: (path: string) => Promise<Response>
  /** Its Durable Objects, as they are reached from here. */
  readonly cells: TokenCells<string>
  readonly sealer: Sealer
}

export async function workerOnWorkerd(variables: Readonly<Record<string, string>>): Promise<RunningWorker> {
  const sealingKey = generateKey()
  const worker = new Miniflare({
    modules: true,
    script: await bundle('test/serverless/support/worker-with-door.ts', 'workerd'),
    compatibilityDate: '2026-04-01',
    host: '127.0.0.1',
    cf: false,
    durableObjects: { TOKEN_CELLS: { className: 'TokenCell', useSQLite: true } },
    bindings: { ...variables, SEALING_KEY: sealingKey },
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      stdout.resume()
      stderr.resume()
    },
  })
  const url = await worker.ready
  return {
    ask: (path) => fetch(new URL(path, url)),
    cells: {
      idFromName: (name) => name,
      get: (name) => ({
        fetch: (_, init) => fetch(new URL(`/?cell=${encodeURIComponent(name)}`, url), init),
      }),
    },
    sealer: createSealer({ keys: [{ id: '2026-01', key: keyFromText(sealingKey) }] }),
    [Symbol.asyncDispose]: () => worker.dispose(),
  }
}
