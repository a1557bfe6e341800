// Test runners load modules into a context of their own, where the errors and objects of Node belong to another realm.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import vm from 'node:vm'

const [project, directory] = process.argv.slice(2)
const root = pathToFileURL(join(project, 'main.mjs')).href

// What test runners hand over: the platform's functions, but not the language's own classes.
const GLOBALS = (
  'console process setTimeout clearTimeout queueMicrotask performance crypto structuredClone fetch Request Response ' +
  'Headers FormData Blob URL URLSearchParams DOMException ReadableStream WritableStream TransformStream AbortController ' +
  'AbortSignal Event EventTarget TextEncoder TextDecoder atob btoa Buffer Uint8Array ArrayBuffer'
).split(' ')
const context = vm.createContext(Object.fromEntries(GLOBALS.map((name) => [name, globalThis[name]])))
const modules = new Map()

async function load(specifier, importer) {
  const id = specifier.startsWith('node:') ? specifier : import.meta.resolve(specifier, importer)
  const known = modules.get(id)
  if (known) return known
  const module = id.startsWith('node:') ? await ofNode(id) : ofFile(id)
  modules.set(id, module)
  return module
}

async function ofNode(id) {
  const exported = Object.entries(await import(id))
  const names = exported.map(([name]) => name)
  const evaluate = function () {
    for (const [name, value] of exported) this.setExport(name, value)
  }
  return new vm.SyntheticModule(names, evaluate, { context })
}

function ofFile(id) {
  return new vm.SourceTextModule(readFileSync(fileURLToPath(id), 'utf8'), { context, identifier: id })
}

const main = new vm.SourceTextModule(
  `
  import { createBitize, isChaveiroError } from '@chaveiro/bitize'
  import { simulateBitize } from '@chaveiro/simulator'
  import { fileStore } from '@chaveiro/stores/file'
  import { createSealer, generateKey } from '@chaveiro/stores/sealer'

  export async function run(directory) {
    const simulator = simulateBitize()
    const store = fileStore({ directory, sealer: createSealer({ keys: [{ id: 'k', key: generateKey() }] }) })
    const options = { server: simulator.url, ...simulator.credentials, fetch: simulator.fetch, store }
    const client = createBitize({ ...options, account: 'one' })
    const response = await client.fetch('/vendors')
    const { persisted } = await client.status()
    const denied = createBitize({ ...options, account: 'two', secretKey: 'wrong' })
    const error = await denied.getToken().catch((caught) => caught)
    return { status: response.status, persisted, isOurs: isChaveiroError(error), code: error.code }
  }`,
  { context, identifier: root },
)
await main.link((specifier, { identifier }) => load(specifier, identifier))
await main.evaluate()
console.log(JSON.stringify(await main.namespace.run(directory)))
