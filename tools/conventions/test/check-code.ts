import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { publishedPackages, ROOT } from './repository.ts'

/** Where code of texts is checked: inside `examples`, because from there our packages resolve as they do for a user. */
export const codeFolder = (name: string): string => join(ROOT, 'examples/node_modules/.cache', name)

const SETTINGS = {
  extends: join(ROOT, 'tsconfig.base.json'),
  compilerOptions: {
    lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable'],
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    paths: {
      // Every package, also those that the examples do not use.
      ...sourcesOfEntries(),
      // What users install themselves: a dependency of core's, and the drivers of the stores.
      'openapi-fetch': [join(ROOT, 'packages/core/node_modules/openapi-fetch/dist/index.d.mts')],
      redis: [join(ROOT, 'packages/stores/node_modules/redis/dist/index.d.ts')],
      ioredis: [join(ROOT, 'packages/stores/node_modules/ioredis/built/index.d.ts')],
      pg: [join(ROOT, 'packages/stores/node_modules/@types/pg/index.d.ts')],
      undici: [join(ROOT, 'examples/node_modules/undici/index.d.ts')],
      '@opentelemetry/api': [join(ROOT, 'packages/opentelemetry/node_modules/@opentelemetry/api/build/src/index.d.ts')],
      postgres: [join(ROOT, 'packages/stores/node_modules/postgres/types/index.d.ts')],
    },
    noEmit: true,
    composite: false,
    isolatedDeclarations: false,
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    // An example may show a value without using it, and reads process.env as everybody does.
    noUnusedLocals: false,
    noPropertyAccessFromIndexSignature: false,
  },
  include: ['**/*.ts'],
  exclude: [],
}

function sourcesOfEntries(): Record<string, string[]> {
  const entries = publishedPackages().flatMap(({ folder, manifest: { name, exports = {} } }) =>
    Object.entries(exports).flatMap(([entry, target]) => {
      const source = sourceOnNode(target)
      return source === undefined ? [] : [[name + entry.slice(1), [join(ROOT, 'packages', folder, source)]]]
    }),
  )
  return Object.fromEntries(entries)
}

/** Writes the files, by their paths in the folder, and gives what the compiler says about them. */
export function checkCode(folder: string, files: ReadonlyMap<string, string>): string[] {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(SETTINGS))
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return typeCheck(folder)
}

function typeCheck(folder: string): string[] {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  const args = [compiler, '--project', folder, '--pretty', 'false']
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  const problems = `${stdout}${stderr}`.split('\n').filter((line) => line !== '')
  // A compiler that could not even start must not pass for one that found nothing.
  return status !== 0 && problems.length === 0 ? [`tsc ended with ${status}`] : problems
}

/** The source that the compiler takes on Node. Providers have another one for browsers. */
function sourceOnNode(target: string | Readonly<Record<string, unknown>>): string | undefined {
  const source: unknown = typeof target === 'string' ? undefined : target['@chaveiro/source']
  const onNode: unknown =
    typeof source === 'object' && source !== null
      ? Object.entries(source).find(([condition]) => ['types', 'node', 'default'].includes(condition))?.[1]
      : source
  return typeof onNode === 'string' ? onNode : undefined
}
