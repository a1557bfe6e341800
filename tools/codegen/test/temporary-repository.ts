import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The root of this repository. */
export const repository: string = fileURLToPath(new URL('../../../', import.meta.url))

/** A folder with real specs in it, which ends with the test. */
export interface TemporaryRepository {
  readonly root: string
  read(path: string): Promise<string>
  write(path: string, text: string): Promise<void>
  /** A file, or a folder with everything in it. */
  remove(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Copies the spec of another provider into it. */
  add(id: ProviderId): Promise<void>
  /** Replaces `from`, which has to be there, by `to`. */
  edit(path: string, from: string, to: string): Promise<void>
}

/** Providers that do not exist: together they need every word of the vocabulary. */
export const inventedProviders = [
  'bazaar',
  'bureau',
  'customs',
  'exchange',
  'ferry',
  'gateway',
  'guild',
  'harbour',
  'ledger',
  'market',
  'notary',
  'orchard',
  'seal',
  'signet',
  'toll',
  'vault',
] as const

/** A provider whose spec there is a copy of: a real one, or an invented one. */
export type ProviderId = 'bitize' | (typeof inventedProviders)[number]

/** A copy of the vocabulary and of one spec: one of `specs`, or an invented one. */
export async function temporaryRepository(id: ProviderId = 'bitize'): Promise<TemporaryRepository> {
  const root = await mkdtemp(join(tmpdir(), 'chaveiro-codegen-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await cp(join(repository, 'specs/_schema'), join(root, 'specs/_schema'), { recursive: true })
  await cp(join(repository, 'redocly.yaml'), join(root, 'redocly.yaml'))
  const add = (other: ProviderId) => {
    const source = other === 'bitize' ? `specs/${other}` : `tools/codegen/test/specs/${other}`
    return cp(join(repository, source), join(root, 'specs', other), { recursive: true })
  }
  await add(id)
  const read = (path: string) => readFile(join(root, path), 'utf8')
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return {
    root,
    read,
    write,
    add,
    remove: (path) => rm(join(root, path), { recursive: true }),
    rename: async (from, to) => {
      await mkdir(dirname(join(root, to)), { recursive: true })
      await rename(join(root, from), join(root, to))
    },
    async edit(path, from, to) {
      const text = await read(path)
      if (!text.includes(from)) throw new Error(`${path} does not contain ${from}`)
      await write(path, text.replace(from, to))
    },
  }
}

/** The same, where the provider's package is published and has its READMEs. */
export async function publishedProvider(id: ProviderId): Promise<TemporaryRepository> {
  const repository = await temporaryRepository(id)
  await repository.write(`packages/${id}/package.json`, '{ "name": "published" }\n')
  for (const readme of ['README.md', 'README.pt-BR.md']) {
    await repository.write(readme, '# Ours\n\n<!-- providers:start -->\n\nOld.\n\n<!-- providers:end -->\n')
    await repository.write(
      `packages/${id}/${readme}`,
      '# Ours\n\nBefore.\n\n<!-- facts:start -->\n<!-- facts:end -->\n\nAfter.\n',
    )
  }
  return repository
}
