import { readFile } from 'node:fs/promises'
import { Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { bundleFromTarballs } from './bundle-from-tarballs.ts'

interface Answer {
  readonly generation: number
  readonly acquired: number
  readonly refreshed: number
}

describe('a Worker with a manager for every request', () => {
  let worker: Miniflare

  beforeAll(async () => {
    const file = await bundleFromTarballs({
      project: inject('project'),
      file: 'requests.mjs',
      packages: 'bundled',
      program: `
        import { handle } from './worker.ts'
        export default { fetch: (request, _, context) => handle(request, context) }`,
    })
    const script = await readFile(file, 'utf8')
    worker = new Miniflare({ modules: true, script, compatibilityDate: '2026-04-01', host: '127.0.0.1' })
  }, 60_000)

  afterAll(() => worker.dispose())

  async function ask(path: string): Promise<Answer> {
    const response = await worker.dispatchFetch(`http://worker.test${path}`)
    const text = await response.text()
    if (!response.ok) throw new Error(text)
    return JSON.parse(text)
  }

  it('gets one token for five requests at once, none of which waits for another one’s promise', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask('/token')))
    expect(answers.map(({ generation }) => generation)).toEqual([1, 1, 1, 1, 1])
    expect(await ask('/status')).toEqual({ generation: 1, acquired: 1, refreshed: 0 })
  })

  it('refreshes in the window after its response has gone out, kept alive by waitUntil', async () => {
    await ask('/later?hours=23.5')
    expect(await ask('/token')).toEqual({ generation: 1, acquired: 1, refreshed: 0 })
    let status = await ask('/status')
    for (let asked = 0; status.generation === 1 && asked < 1_000; asked += 1) status = await ask('/status')
    expect(status).toEqual({ generation: 2, acquired: 1, refreshed: 1 })
  })
})
