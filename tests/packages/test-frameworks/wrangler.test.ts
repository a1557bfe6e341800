import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { MEASURED } from '../../../tools/conventions/test/condition-sets.ts'
import { run } from '../src/index.ts'
import { PROJECT } from '../test/installed.ts'
import { PROBE_PROGRAM, writeProbePackage } from '../test/probe-package.ts'
import { tokenEndpoint } from '../test/token-endpoint.ts'
import { FRAMEWORKS } from './frameworks.ts'
import { CLIENTS, MADE } from './provider-programs.ts'

const folder = join(PROJECT, 'worker')
const SETTINGS = 'name = "worker"\nmain = "worker.mjs"\ncompatibility_date = "2026-04-01"\n'

const WORKER = `
import { answer } from './clients.mjs'
import { set } from './probe.mjs'
export default {
  async fetch(request, { TOKEN_SERVER }) {
    globalThis.TOKEN_SERVER = TOKEN_SERVER
    if (new URL(request.url).pathname === '/conditions') return Response.json(set)
    return Response.json(await answer())
  },
}`

beforeAll(async () => {
  await mkdir(folder)
  await writeProbePackage(PROJECT)
  const files = { 'wrangler.toml': SETTINGS, 'worker.mjs': WORKER, 'clients.mjs': CLIENTS, 'probe.mjs': PROBE_PROGRAM }
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
})

it('a Worker that wrangler has built holds a client of every provider, which gets a token', async () => {
  const wrangler = join(FRAMEWORKS, 'node_modules/wrangler/bin/wrangler.js')
  // Without a cache or settings of this machine, and without a word to Cloudflare.
  const env = { WRANGLER_SEND_METRICS: 'false', CI: '1', HOME: folder, XDG_CONFIG_HOME: undefined }
  await run(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', 'built'], { cwd: folder, env })
  const script = await readFile(join(folder, 'built/worker.js'), 'utf8')

  const endpoint = await tokenEndpoint()
  onTestFinished(() => endpoint[Symbol.asyncDispose]())
  const worker = new Miniflare({
    modules: true,
    script,
    compatibilityDate: '2026-04-01',
    host: '127.0.0.1',
    cf: false,
    bindings: { TOKEN_SERVER: endpoint.url },
  })
  onTestFinished(() => worker.dispose())
  const url = await worker.ready
  const conditions: readonly string[] = await (await fetch(new URL('/conditions', url))).json().then(Object)
  expect(new Set(conditions)).toEqual(new Set(MEASURED.find(({ tool }) => tool === 'wrangler')?.conditions))
  const answer = fetch(url).then((response) => response.json())
  const call = await endpoint.arrival()
  call.answer()
  expect(await answer).toEqual({ ...MADE, token: 'access-1-12345678' })
})
