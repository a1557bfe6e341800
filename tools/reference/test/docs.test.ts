import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { runCommand } from '../src/command.ts'

// A compiler is loaded, on whatever machine this is.
const PATIENCE_MS = 120_000
const repository = fileURLToPath(new URL('../../../', import.meta.url))
const manifest = {
  name: '@chaveiro/acme',
  version: '0.0.0',
  exports: { '.': { '@chaveiro/source': './src/index.ts', types: './dist/index.d.ts' } },
}

/** Makes the reference of a package with this one source, and gives what was said about it. */
async function docsOf(source: string) {
  const root = await mkdtemp(join(tmpdir(), 'chaveiro-docs-'))
  onTestFinished(() => rm(root, { recursive: true }))
  for (const path of ['tsconfig.base.json', 'tools/reference/reference.tsconfig.json']) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await cp(join(repository, path), join(root, path))
  }
  await mkdir(join(root, 'packages/acme/src'), { recursive: true })
  await writeFile(join(root, 'packages/acme/package.json'), JSON.stringify(manifest))
  await writeFile(join(root, 'packages/acme/src/index.ts'), source)
  await mkdir(join(root, 'node_modules/@types'), { recursive: true })
  await cp(join(repository, 'tools/reference/node_modules/@types/node'), join(root, 'node_modules/@types/node'), {
    recursive: true,
    dereference: true,
  })
  // typedoc speaks to the console.
  const said: unknown[] = []
  for (const method of ['warn', 'error', 'info', 'log'] as const) {
    vi.spyOn(console, method).mockImplementation((...args) => void said.push(...args))
  }
  onTestFinished(() => void vi.restoreAllMocks())
  const print = (line: string) => said.push(line)
  const status = await runCommand(['docs'], { root, print, printError: print })
  return { status, said: said.join('\n') }
}

test(
  'everything that is exported has a docstring, or there is no reference',
  async () => {
    const documented = await docsOf(
      '/** How many. */\nexport interface Count {\n  /** In all. */\n  readonly all: number\n}\n',
    )
    expect(documented).toMatchObject({ status: 0, said: 'Written: docs/api/README.md' })

    const silent = await docsOf('/** How many. */\nexport interface Count {\n  readonly all: number\n}\n')
    expect(silent.status).toBe(1)
    expect(silent.said).toContain('Count.all (Property)')
    expect(silent.said).toContain('does not have any documentation')
  },
  PATIENCE_MS,
)

test(
  'what an entry mentions is exported, and what a docstring links to is there',
  async () => {
    const { status, said } = await docsOf(
      'interface Hidden {\n  /** A. */\n  readonly a: number\n}\n/** See {@link Gone}. */\nexport type Seen = Hidden[]\n',
    )
    expect(status).toBe(1)
    expect(said).toContain('Hidden')
    expect(said).toContain('Gone')
  },
  PATIENCE_MS,
)
