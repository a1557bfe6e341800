import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BaseResolver, bundle, type Config, loadConfig } from '@redocly/openapi-core'
import { checkDocumentVersion } from '../lint/check-document-version.ts'
import { lintSpec } from '../lint/lint-spec.ts'
import { locate } from '../lint/located-problem.ts'
import { lintConfig } from '../lint/redocly-plugin.ts'
import { SpecError } from '../lint/spec-error.ts'
import { jsonObjectOf, parseDocument } from './parse-document.ts'
import { readExamples } from './read-examples.ts'
import { readSpecModel, type Spec } from './spec.ts'
import { loadVocabulary, type Vocabulary } from './vocabulary.ts'

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
  // Bundling rewrites the document it is given, so linting gets one of its own.
  const parse = () => parseDocument(text, join(root, file), file)
  const source = parse()
  const mistaken = checkDocumentVersion(jsonObjectOf(source))
  if (mistaken !== undefined) throw new SpecError([locate(mistaken, file, source.source)])
  const { bundle: bundled } = await bundle({ doc: parse(), config: redocly, externalRefResolver: new BaseResolver() })

  const model = readSpecModel(jsonObjectOf(bundled), vocabulary)
  const config = await lintConfig(redocly, configPath, { model, vocabulary, sources })
  const problems = await lintSpec(parse(), file, config)
  if (problems.length > 0) throw new SpecError(problems)
  const examples = await readExamples(root, `${folder}/examples`, model, vocabulary)
  const sha256 = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return { ...model, id, file, sha256, examples }
}
