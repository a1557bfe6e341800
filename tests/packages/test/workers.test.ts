import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { expect, it, onTestFinished } from 'vitest'
import { BUNDLERS } from './bundling.ts'
import { PROJECT } from './installed.ts'
import { type TokenEndpoint, tokenEndpoint } from './token-endpoint.ts'

/** A Worker whose client is in the scope of its module, as most people write it. It says when it has asked for a token. */
const workerOf = (url: string, tokenCallTimeoutMs: number): string => `
import { createBitize } from '@chaveiro/bitize'
const client = createBitize({
  server: new URL('${url}'), consumerKey: 'a', secretKey: 'b', tokenCallTimeoutMs: ${tokenCallTimeoutMs},
})
export default {
  async fetch() {
    const token = client.getToken()
    const asked = fetch('${url}/asked')
    try {
      const text = (await token).reveal()
      await asked
      return new Response(text)
    } catch (error) {
      return new Response(error.name + ': ' + error.message, { status: 500 })
    }
  },
}`

async function start(
  name: string,
  tokenCallTimeoutMs: number,
): Promise<{ readonly endpoint: TokenEndpoint; readonly url: URL }> {
  const endpoint = await tokenEndpoint()
  onTestFinished(() => endpoint[Symbol.asyncDispose]())
  await mkdir(join(PROJECT, 'programs'), { recursive: true })
  const program = join(PROJECT, 'programs', `${name}.mjs`)
  await writeFile(program, workerOf(endpoint.url, tokenCallTimeoutMs))
  const bundle = await BUNDLERS['esbuild']?.(program, 'worker', name)
  const script = await readFile(bundle ?? '', 'utf8')
  const worker = new Miniflare({ modules: true, script, compatibilityDate: '2026-04-01', host: '127.0.0.1', cf: false })
  onTestFinished(() => worker.dispose())
  return { endpoint, url: await worker.ready }
}

/** Answers what arrives until the Worker's requests are answered. Token calls are held back until `asked` came this often. */
async function serve(endpoint: TokenEndpoint, answers: Promise<unknown>, asked: number): Promise<number> {
  let [seen, tokenCalls] = [0, 0]
  const held: (() => void)[] = []
  const done = answers.then(() => undefined)
  for (;;) {
    const call = await Promise.race([endpoint.arrival(), done])
    if (call === undefined) return tokenCalls
    if (call.path === '/asked') {
      seen += 1
      call.answer()
    } else {
      tokenCalls += 1
      held.push(call.answer)
    }
    if (seen >= asked) for (const answer of held.splice(0)) answer()
  }
}

const textOf = async (url: URL, signal?: AbortSignal): Promise<string> =>
  (await fetch(url, { signal: signal ?? null })).text()

it('a client in the scope of a Worker’s module serves requests that come while a token call runs', async () => {
  const { endpoint, url } = await start('concurrent', 60_000)
  const answers = Promise.all([textOf(url), textOf(url), textOf(url)])
  const tokenCalls = await serve(endpoint, answers, 3)
  for (const answer of await answers) expect(answer).toMatch(/^access-\d-12345678$/)
  expect(tokenCalls).toBe(1)
})

it('a client there also serves a request whose predecessor was cancelled while its token call ran', async () => {
  const { endpoint, url } = await start('cancelled', 3_000)
  const abort = new AbortController()
  const first = textOf(url, abort.signal).catch((error: unknown) => error)
  const arrived = [await endpoint.arrival(), await endpoint.arrival()]
  expect(arrived.map(({ path }) => path).sort()).toEqual(['/asked', '/auth'])
  abort.abort()
  await first
  // Its token call is never answered.
  const second = textOf(url)
  await serve(endpoint, second, 1)
  expect(await second).toMatch(/^access-\d-12345678$/)
})
