import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Config, loadConfig } from '@redocly/openapi-core'
import { lintConfig } from '../lint/redocly-plugin.ts'
import { rules } from '../lint/rules.ts'
import type { Spec } from '../spec/spec.ts'
import { loadVocabulary, type Vocabulary } from '../spec/vocabulary.ts'
import { readDocument } from './read-document.ts'
import { readExamples } from './read-examples.ts'

/** What all specs of a repository are read with. */
export interface SpecLoader {
  readonly root: string
  readonly vocabulary: Vocabulary
  /** From redocly.yaml, which editors read too. */
  readonly redocly: Config
  readonly configPath: string
}

export async function specLoader(root: string): Promise<SpecLoader> {
  const configPath = join(root, 'redocly.yaml')
  const [vocabulary, redocly] = await Promise.all([loadVocabulary(root), loadConfig({ configPath })])
  return { root, vocabulary, redocly, configPath }
}

/**
 * Reads, checks and bundles the `openapi.yaml` of a folder, given from the root, with its examples. The folder's name is
 * the provider's id.
 *
 * @throws SpecError with the problems that were found.
 */
export async function loadSpec(folder: string, loader: SpecLoader): Promise<Spec> {
  const { root, vocabulary, redocly, configPath } = loader
  const id = basename(folder)
  const file = `${folder}/openapi.yaml`
  // The same text gives the same hash wherever it was checked out.
  const text = (await readFile(join(root, file), 'utf8')).replaceAll('\r\n', '\n')
  const sources = await readFile(join(root, folder, 'SOURCES.md'), 'utf8').catch(() => '')
  const model = await readDocument(
    { text, path: join(root, file), file },
    {
      vocabulary,
      redocly,
      lintWith: (read) => lintConfig(redocly, configPath, { subject: { model: read, vocabulary, sources }, rules }),
    },
  )
  const examples = await readExamples(root, `${folder}/examples`, model, vocabulary)
  const sha256 = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return { ...model, id, file, sha256, examples }
}
