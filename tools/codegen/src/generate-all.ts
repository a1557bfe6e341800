import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { formatTypeScript } from './emit/format-typescript.ts'
import { providerFacts } from './emit/provider-facts.ts'
import { providerSource } from './emit/provider-source.ts'
import { schemaTypes } from './emit/schema-types.ts'
import { simulatorDocument } from './emit/simulator-document.ts'
import { SpecError } from './lint/spec-error.ts'
import { loadSpec, specLoader } from './spec/load-spec.ts'
import type { Spec } from './spec/spec.ts'

export interface GenerateOptions {
  /** The root of the repository. */
  readonly root: string
}

/** The text of generated files by their path from the root, with `/` between folders. */
export type GeneratedFiles = ReadonlyMap<string, string>

/**
 * Everything that the specs below `root` generate, in memory. The same specs give the same bytes.
 *
 * @throws SpecError with the problems of all specs.
 */
export async function generateAll({ root }: GenerateOptions): Promise<GeneratedFiles> {
  const loader = await specLoader(root)
  const ids = await specIds(root)
  const loaded = await Promise.allSettled(ids.map((id) => loadSpec(id, loader)))
  throwFailures(loaded)
  const specs = loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const files = await Promise.all(specs.flatMap(emit))
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The folders of `specs`, without those that begin with an underscore. */
async function specIds(root: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, 'specs'), { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map((entry) => entry.name)
    .sort()
}

function throwFailures(results: readonly PromiseSettledResult<Spec>[]): void {
  const reasons: unknown[] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  const unexpected = reasons.find((reason) => !(reason instanceof SpecError))
  if (unexpected !== undefined) throw unexpected
  const problems = reasons.flatMap((reason) => (reason instanceof SpecError ? reason.problems : []))
  if (problems.length > 0) throw new SpecError(problems)
}

type GeneratedFile = readonly [path: string, text: string]

function emit(spec: Spec): readonly Promise<GeneratedFile>[] {
  const generated = `packages/${spec.id}/src/generated`
  const file = async (path: string, source: string | Promise<string>): Promise<GeneratedFile> => [
    path,
    await formatTypeScript(await source),
  ]
  return [
    file(`${generated}/facts.ts`, providerFacts(spec)),
    file(`${generated}/provider.ts`, providerSource(spec)),
    file(`${generated}/schema.ts`, schemaTypes(spec)),
    file(`packages/simulator/src/generated/${spec.id}.ts`, simulatorDocument(spec)),
  ]
}
