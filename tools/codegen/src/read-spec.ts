// The entry `@chaveiro/codegen/read-spec`: a spec that is not of this repository, for the command.

import { createConfig } from '@redocly/openapi-core'
import { resolvedDocument } from './emit/simulator-document.ts'
import { lintConfigOf } from './lint/redocly-plugin.ts'
import { rules } from './lint/rules.ts'
import { type DocumentText, readDocument } from './load/read-document.ts'
import type { JsonObject } from './spec/json.ts'
import { issuedSchemes } from './spec/spec.ts'
import { vocabularyOf } from './spec/vocabulary.ts'

export { SpecError } from './spec/located-problem.ts'

/** What a spec is checked with: the texts of the schemas in `specs/_schema`, and of redocly.yaml. */
export interface SpecRules {
  readonly schemas: readonly string[]
  readonly redocly: string
}

/** A spec that was read. */
export interface ReadSpec {
  readonly title: string
  /** Checked, `standard: oauth2` written out, every `$ref` resolved, and with its lifecycles. */
  readonly document: JsonObject
  /** The variables that its inputs are named by, where it says so. */
  readonly variables: Readonly<Record<string, string>>
}

// Where a fact comes from matters to those who publish a package, and a draft has no SOURCES.md.
const { sources: _, ...RULES } = rules

/**
 * Reads a spec as lint does, without asking where its facts come from.
 *
 * @throws SpecError with the problems that were found.
 * @throws Error when a schema contains itself.
 */
export async function readSpec(document: DocumentText, { schemas, redocly }: SpecRules): Promise<ReadSpec> {
  const vocabulary = vocabularyOf(schemas)
  const model = await readDocument(document, {
    vocabulary,
    redocly: await createConfig(redocly),
    lintWith: (read) => lintConfigOf(redocly, { subject: { model: read, vocabulary, sources: '' }, rules: RULES }),
  })
  return {
    title: model.title,
    document: resolvedDocument(model.document),
    variables: Object.fromEntries(
      issuedSchemes(model).flatMap(({ lifecycle }) =>
        Object.entries(lifecycle.inputs).flatMap(([name, { env }]) => (env === undefined ? [] : [[name, env]])),
      ),
    ),
  }
}
