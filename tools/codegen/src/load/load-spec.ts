import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BaseResolver, bundle, type Config, type Document, loadConfig } from '@redocly/openapi-core'
import { expandStandard } from '../expand/expand-standard.ts'
import { checkDocumentVersion } from '../lint/check-document-version.ts'
import { lintSpec } from '../lint/lint-spec.ts'
import { lintConfig } from '../lint/redocly-plugin.ts'
import { objectIn } from '../spec/json.ts'
import { locate, SpecError } from '../spec/located-problem.ts'
import { jsonObjectOf, parseDocument } from '../spec/parse-document.ts'
import { readSpecModel, type Spec } from '../spec/spec.ts'
import { loadVocabulary, type Vocabulary } from '../spec/vocabulary.ts'
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
  const source = parseDocument(text, join(root, file), file)
  const mistaken = checkDocumentVersion(jsonObjectOf(source))
  if (mistaken !== undefined) throw new SpecError([locate(mistaken, file, source.source)])
  const { document, origins, problems: unexpanded } = expandStandard(jsonObjectOf(source), vocabulary)
  if (unexpanded.length > 0) throw new SpecError(unexpanded.map((problem) => locate(problem, file, source.source)))
  // Bundling rewrites the document it is given, so linting gets one of its own.
  const written = (): Document => ({ source: source.source, parsed: structuredClone(document) })
  const { bundle: bundled } = await bundle({ doc: written(), config: redocly, externalRefResolver: new BaseResolver() })

  const stated = Object.entries(objectIn(jsonObjectOf(source)['components'], 'securitySchemes'))
    .map(([name, scheme]) => [name, objectIn(scheme, 'x-token-lifecycle')] as const)
    .filter(([, facts]) => facts['standard'] !== undefined)
  const expanded = Object.fromEntries(stated.map(([name, facts]) => [name, Object.keys(facts)]))
  const model = { ...readSpecModel(jsonObjectOf(bundled), vocabulary), expanded }
  const config = await lintConfig(redocly, configPath, { model, vocabulary, sources })
  const problems = await lintSpec(written(), file, config, origins)
  if (problems.length > 0) throw new SpecError(problems)
  const examples = await readExamples(root, `${folder}/examples`, model, vocabulary)
  const sha256 = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return { ...model, id, file, sha256, examples }
}
