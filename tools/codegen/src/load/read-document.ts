import { BaseResolver, bundle, type Config, type Document } from '@redocly/openapi-core'
import { expandStandard } from '../expand/expand-standard.ts'
import { checkDocumentVersion } from '../lint/check-document-version.ts'
import { lintSpec } from '../lint/lint-spec.ts'
import { objectIn } from '../spec/json.ts'
import { locate, SpecError } from '../spec/located-problem.ts'
import { jsonObjectOf, parseDocument } from '../spec/parse-document.ts'
import { readSpecModel, type SpecModel } from '../spec/spec.ts'
import type { Vocabulary } from '../spec/vocabulary.ts'

/** A document as it was read from its file. */
export interface DocumentText {
  readonly text: string
  readonly path: string
  /** As problems name it. */
  readonly file: string
}

interface Reading {
  readonly vocabulary: Vocabulary
  readonly redocly: Config
  /** What the document is checked with, which depends on what it says. */
  readonly lintWith: (model: SpecModel) => Promise<Config>
}

/**
 * Parses, expands, bundles and checks a document.
 *
 * @throws SpecError with the problems that were found.
 */
export async function readDocument(
  { text, path, file }: DocumentText,
  { vocabulary, redocly, lintWith }: Reading,
): Promise<SpecModel> {
  const source = parseDocument(text, path, file)
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
  const problems = await lintSpec(written(), file, await lintWith(model), origins)
  if (problems.length > 0) throw new SpecError(problems)
  return model
}
