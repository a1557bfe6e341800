import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { installedPackages, run } from '@chaveiro/test-packages'
import { startChromium } from '@chaveiro/test-servers'
import { Miniflare } from 'miniflare'
import { inject } from 'vitest'
import { bundleFromTarballs, suiteFiles } from './bundle-from-tarballs.ts'
import type { TestReport } from './inside/run-suite.ts'
import { program } from './programs.ts'
import { CORE } from './tested-packages.ts'

/** What a runtime made of the core's tests. */
export interface RuntimeReport {
  readonly version: string
  /** The names that every portable entry of the core exports there. */
  readonly entries: Readonly<Record<string, readonly string[]>>
  readonly tests: readonly TestReport[]
}

const project = inject('project')
const packages = await installedPackages(project)
const entries = packages
  .flatMap((one) => (one.name === '@chaveiro/core' ? one.entries : []))
  // undici, which this one is made of, needs Node.
  .filter((entry) => entry !== '@chaveiro/core/node')

// Imported first and in the module's own scope, where workerd allows neither I/O nor randomness.
const imports = entries.map((entry, at) => `import * as entry${at} from '${entry}'`).join('\n')
const named = entries.map((entry, at) => `'${entry}': Object.keys(entry${at}).sort()`).join(', ')
const report = `
  ${imports}
  import { runSuite } from './run-suite.ts'
  const report = async () => ({ version, entries: { ${named} }, tests: await runSuite(${suiteFiles(CORE)}) })`

const installed = bundleFromTarballs({
  project,
  file: 'suite.mjs',
  packages: 'installed',
  program: `${report}
    const version = globalThis.Deno ? Deno.version.deno : process.versions.bun ?? process.versions.node
    // Ends when all is written: what Node writes to a pipe, it writes in its own time.
    process.stdout.write(JSON.stringify(await report()) + '\\n', () => process.exit())`,
})

/** The runtimes that load packages from node_modules, each with the command that runs a file. */
export const COMMANDS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'Node 20': [program('node20/bin/node')],
  'Node 22': [program('node22/bin/node')],
  'Node 24': [program('node24/bin/node')],
  'Node 26': [program('node26/bin/node')],
  Bun: [program('.bin/bun')],
  Deno: [program('.bin/deno'), 'run', '--no-prompt', '--allow-read', '--allow-env'],
}

export async function onCommand([command, ...args]: readonly [string, ...string[]]): Promise<RuntimeReport> {
  const printed = await run(command, [...args, await installed], { cwd: project })
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '')
}

export async function onWorkerd(): Promise<RuntimeReport> {
  const file = await bundleFromTarballs({
    project,
    file: 'worker.mjs',
    packages: 'bundled',
    program: `${report}
      const version = navigator.userAgent
      export default { fetch: async () => Response.json(await report()) }`,
  })
  const script = await readFile(file, 'utf8')
  const worker = new Miniflare({ modules: true, script, compatibilityDate: '2026-04-01', host: '127.0.0.1' })
  try {
    return parse(await (await worker.dispatchFetch('http://worker.test/')).text())
  } finally {
    await worker.dispose()
  }
}

export async function onChromium(): Promise<RuntimeReport> {
  const file = await bundleFromTarballs({
    project,
    file: 'page.mjs',
    packages: 'bundled',
    program: `${report}
      const version = navigator.userAgent
      globalThis.report = async () => JSON.stringify(await report())`,
  })
  const script = await readFile(file)
  // A page of loopback is a secure context, which `crypto.subtle` asks for.
  const server = createServer(({ url }, response) => {
    const isScript = url === '/page.mjs'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : '<!doctype html><script type="module" src="/page.mjs"></script>')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const browser = await startChromium()
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`)
    return parse(String(await page.evaluate('report()')))
  } finally {
    await browser.close()
    server.close()
  }
}

/** Output that is not a report is an error that the runtime printed. */
function parse(text: string): RuntimeReport {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`The suite did not run: ${text.slice(0, 2_000)}`)
  }
}
