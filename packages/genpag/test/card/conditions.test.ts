import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as resolvedHere from '@chaveiro/genpag/card'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle } from '../support/bundle.ts'

const ON_DEVICES = 'src/card/tokenize-card.ts'
const ON_SERVERS = 'src/card/on-a-server.ts'
const USE = `export { tokenizeCard } from '@chaveiro/genpag/card'`

/** What the test reads of the package.json. */
interface CardManifest {
  readonly name: string
  readonly type: string
  readonly publishConfig: { readonly exports: object }
}

const manifest: CardManifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

describe('where the module of the card runs', () => {
  it.each([
    ['Cloudflare Workers', ['workerd', 'worker', 'browser']],
    ['Cloudflare Workers, whatever the order', ['browser', 'worker', 'workerd']],
    ['Vercel’s edge', ['edge-light', 'browser', 'import']],
    ['Deno', ['deno', 'node', 'import']],
    ['Bun', ['bun', 'node', 'import']],
    ['Node, bundled', ['node', 'import']],
    ['a server-side rendering build', ['node', 'module', 'browser']],
    ['Netlify’s edge', ['netlify', 'browser']],
    ['Fastly Compute', ['fastly', 'browser']],
  ])('%s gets the one that refuses [G12]', async (_, conditions) => {
    const { files } = await bundle(USE, { platform: 'neutral', conditions })
    expect(files).toContain(ON_SERVERS)
    expect(files).not.toContain(ON_DEVICES)
  })

  it.each([
    ['a browser', 'browser', []],
    ['a browser, in development', 'browser', ['development', 'module']],
    ['React Native', 'neutral', ['react-native', 'import']],
    ['a desktop app’s window', 'browser', ['electron']],
    ['a desktop app’s window that may use Node', 'neutral', ['node', 'electron', 'browser']],
    ['a page’s web worker', 'browser', ['worker']],
    ['a platform without a name', 'neutral', []],
  ] as const)('%s gets the one that works, without the engine [G11]', async (_, platform, conditions) => {
    const { files } = await bundle(USE, { platform, conditions })
    expect(files).toContain(ON_DEVICES)
    expect(files.filter((file) => !file.startsWith('src/card/'))).toEqual([])
  })

  it('has the same names everywhere, so that a server can at least import it', async () => {
    const { code } = await bundle(`export * from '@chaveiro/genpag/card'`, { platform: 'browser' })
    const onDevices: object = await import(`data:text/javascript,${encodeURIComponent(code)}`)
    expect(Object.keys(onDevices).sort()).toEqual(Object.keys(resolvedHere).sort())
  })

  it('is small, and all of its own', async () => {
    const { code } = await bundle(USE, { platform: 'browser', minify: true })
    expect(code).not.toMatch(/\bimport\b/)
    expect(code.length).toBeLessThan(4_096)
  })
})

describe('in Node itself', () => {
  const run = promisify(execFile)
  let folder = ''

  // As installed: the published exports, and the two modules that they choose between.
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chaveiro-genpag-'))
    const home = join(folder, 'node_modules/@chaveiro/genpag')
    mkdirSync(join(home, 'dist/card'), { recursive: true })
    const { name, type, publishConfig } = manifest
    writeFileSync(join(home, 'package.json'), JSON.stringify({ name, type, exports: publishConfig.exports }))
    for (const [entry, file] of [
      ['index', './src/card/index.ts'],
      ['on-a-server', './src/card/on-a-server.ts'],
    ]) {
      const { code } = await bundle(`export * from '${file}'`, { platform: 'neutral' })
      writeFileSync(join(home, `dist/card/${entry}.js`), code)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const call = `({ tokenizeCard, CardTokenError }) => {
    try { tokenizeCard({ server: 'sandbox', clientToken: 'c', cardNumber: '4444333322221111' }) }
    catch (error) { console.log(error.name, typeof CardTokenError, error.message) }
  }`
  const refusal = expect.stringMatching(
    /^TypeError function @chaveiro\/genpag\/card runs on the customer’s own device only .*card data must not pass through a server/,
  )

  it.each([
    ['import', ['--input-type=module', '-e', `import * as card from '@chaveiro/genpag/card'; (${call})(card)`]],
    ['import()', ['-e', `import('@chaveiro/genpag/card').then(${call})`]],
    ['require()', ['-e', `(${call})(require('@chaveiro/genpag/card'))`]],
    // Conditions are added to Node's own: it stays a server.
    [
      'import under more conditions',
      ['-C', 'browser', '-C', 'development', '-e', `import('@chaveiro/genpag/card').then(${call})`],
    ],
  ])('%s gets a function that throws a TypeError, which says why [G12]', async (_, args) => {
    const { stdout, stderr } = await run(process.execPath, args, { cwd: folder })
    expect(stdout).toEqual(refusal)
    expect(stdout + stderr).not.toContain('4444')
  })
})
