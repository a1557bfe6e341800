import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { describe, expect, test } from 'vitest'

const MANIFEST: { readonly name: string; readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
)
const ENTRIES = Object.keys(MANIFEST.exports)
  // undici, which the entry for Node is made of, needs sockets.
  .filter((entry) => entry !== './package.json' && entry !== './node')
  .map((entry) => MANIFEST.name + entry.slice(1))

// Comes before all modules. workerd answers a fetch of the global scope with a rejection, which a module could hide.
const PRELUDE = `
  const fetched = []
  const ownFetch = globalThis.fetch
  globalThis.fetch = (...given) => { fetched.push(String(given[0])); return ownFetch(...given) }`

/**
 * Starts a Worker with this code in its global scope, where workerd throws at timers and at random values, and returns
 * what its handler answers. Rejects with what workerd says when it does not start.
 * https://developers.cloudflare.com/workers/runtime-apis/web-crypto/
 */
async function answerOf(globalScope: string, answer: string): Promise<unknown> {
  const bundle = await build({
    stdin: {
      contents: `${globalScope}\nexport default { fetch: () => Response.json(${answer}) }`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@chaveiro/source', 'workerd', 'worker'],
    banner: { js: PRELUDE },
    // Every statement of every module runs, even if its exports are unused.
    treeShaking: false,
    ignoreAnnotations: true,
  })
  let said = ''
  const worker = new Miniflare({
    modules: true,
    script: bundle.outputFiles[0]?.text ?? '',
    compatibilityDate: '2026-04-01',
    // Its default asks Cloudflare for facts about this machine.
    cf: false,
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      stdout.resume()
      stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    },
  })
  try {
    return await (await worker.dispatchFetch('https://worker.example')).json()
  } catch (error) {
    throw new Error(`The Worker did not start. ${said}`, { cause: error })
  } finally {
    // It rejects once more where the Worker did not start.
    await worker.dispose().catch(() => {})
  }
}

describe('in the global scope of a Worker [ED01]', () => {
  test.each(ENTRIES)('%s is imported without a timer, a random value or a fetch', async (entry) => {
    const names = Object.keys(await import(entry)).sort()
    expect(names).not.toEqual([])
    const answer = await answerOf(`import * as entry from '${entry}'`, '{ names: Object.keys(entry), fetched }')
    expect(answer).toEqual({ names, fetched: [] })
  })

  test.each(['setTimeout(() => {}, 1)', 'crypto.getRandomValues(new Uint8Array(1))', 'crypto.randomUUID()'])(
    'a module that calls %s would not start',
    async (statement) => {
      await expect(answerOf(statement, '0')).rejects.toThrow('Disallowed operation called within global scope')
    },
  )

  test('a module that fetches would be seen, also if it hid that', async () => {
    expect(await answerOf(`fetch('https://api.example').catch(() => {})`, 'fetched')).toEqual(['https://api.example'])
  })
})
