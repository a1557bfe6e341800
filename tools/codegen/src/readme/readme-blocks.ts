import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Spec } from '../spec/spec.ts'
import { factsBlock } from './facts-block.ts'
import type { BlockName } from './marked-block.ts'
import type { Language } from './phrases.ts'
import { providersBlock } from './providers-block.ts'

/** A generated part of a README. */
export interface ReadmeBlock {
  /** Of the README, from the root of the repository. */
  readonly path: string
  readonly name: BlockName
  /** Markdown, not formatted yet. */
  readonly text: string
}

const READMES: Readonly<Record<Language, string>> = { en: 'README.md', 'pt-BR': 'README.pt-BR.md' }

/**
 * What the READMEs have to say: the project's about the providers whose packages are published, each package's about its
 * own. A package that is private owes nobody a README; one that it has is kept up to date.
 */
export async function readmeBlocks(root: string, specs: readonly Spec[]): Promise<readonly ReadmeBlock[]> {
  const arePublished = await Promise.all(specs.map(({ id }) => isPublished(join(root, 'packages', id))))
  const published = specs.filter((_, index) => arePublished[index])
  return (['en', 'pt-BR'] as const).flatMap((language): ReadmeBlock[] => {
    const readme = READMES[language]
    const facts = specs
      .map((spec): [Spec, string] => [spec, `packages/${spec.id}/${readme}`])
      .filter(([spec, path]) => published.includes(spec) || existsSync(join(root, path)))
      .map(([spec, path]): ReadmeBlock => ({ path, name: 'facts', text: factsBlock(spec, language) }))
    if (published.length === 0) return facts
    return [{ path: readme, name: 'providers', text: providersBlock(published, language, readme) }, ...facts]
  })
}

async function isPublished(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined)
  const manifest: unknown = text === undefined ? undefined : JSON.parse(text)
  return typeof manifest === 'object' && manifest !== null && !('private' in manifest && manifest.private === true)
}
