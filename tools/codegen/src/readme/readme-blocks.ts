import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Spec } from '../spec/spec.ts'
import { factsBlock } from './facts-block.ts'
import type { BlockName } from './marked-block.ts'
import type { Language } from './phrases.ts'
import { providersBlock } from './providers-block.ts'
import { releaseBlock, UNRELEASED } from './release-block.ts'

/** A generated part of a README. */
export interface ReadmeBlock {
  /** Of the README, from the root of the repository. */
  readonly path: string
  readonly name: BlockName
  /** Markdown, not formatted yet. */
  readonly text: string
}

/** A package of the repository. */
interface Package {
  readonly folder: string
  readonly name: string
  readonly version: string
  readonly isPrivate: boolean
}

const READMES: Readonly<Record<Language, string>> = { en: 'README.md', 'pt-BR': 'README.pt-BR.md' }
const LANGUAGES: readonly Language[] = ['en', 'pt-BR']

/**
 * What the READMEs have to say: the project's about the providers whose packages are published, each package's about its
 * own, and each one with an install line about its release. A private package needs no README; one that it
 * has is kept up to date.
 */
export async function readmeBlocks(root: string, specs: readonly Spec[]): Promise<readonly ReadmeBlock[]> {
  const packages = await readPackages(root)
  const published = specs.filter(({ id }) => packages.some(({ folder, isPrivate }) => folder === id && !isPrivate))
  const aboutProviders = LANGUAGES.flatMap((language): ReadmeBlock[] => {
    const readme = READMES[language]
    const facts = specs
      .map((spec): [Spec, string] => [spec, `packages/${spec.id}/${readme}`])
      .filter(([spec, path]) => published.includes(spec) || existsSync(join(root, path)))
      .map(([spec, path]): ReadmeBlock => ({ path, name: 'facts', text: factsBlock(spec, language) }))
    if (published.length === 0) return facts
    return [{ path: readme, name: 'providers', text: providersBlock(published, language, readme) }, ...facts]
  })
  return [...aboutProviders, ...(await releaseBlocks(root, packages))]
}

async function releaseBlocks(root: string, packages: readonly Package[]): Promise<readonly ReadmeBlock[]> {
  const versions = new Map(packages.map(({ name, version }) => [name, version]))
  const folders = ['', ...packages.map(({ folder }) => `packages/${folder}/`)]
  const blocks = folders.flatMap((folder) =>
    LANGUAGES.map(async (language): Promise<ReadmeBlock[]> => {
      const path = folder + READMES[language]
      const readme = await readFile(join(root, path), 'utf8').catch(() => '')
      const projectReadme = folder === '' ? '' : `../../${READMES[language]}`
      const text = releaseBlock(readme, { language, projectReadme, versions })
      return text === undefined ? [] : [{ path, name: 'release', text }]
    }),
  )
  return (await Promise.all(blocks)).flat()
}

/** The packages below `root`. */
async function readPackages(root: string): Promise<readonly Package[]> {
  const folders = await readdir(join(root, 'packages')).catch(() => [])
  const read = folders.map(async (folder): Promise<Package[]> => {
    const text = await readFile(join(root, 'packages', folder, 'package.json'), 'utf8').catch(() => undefined)
    if (text === undefined) return []
    const {
      name,
      version,
      private: isPrivate,
    }: { name?: string; version?: string; private?: boolean } = JSON.parse(text)
    return [{ folder, name: name ?? folder, version: version ?? UNRELEASED, isPrivate: isPrivate === true }]
  })
  return (await Promise.all(read)).flat()
}
