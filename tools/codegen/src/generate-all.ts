import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { adminFiles } from './emit/admin-api.ts'
import { adminPage } from './emit/admin-page.ts'
import { type EmittedFile, formatFiles } from './emit/format-files.ts'
import { providerFacts } from './emit/provider-facts.ts'
import { providerSource } from './emit/provider-source.ts'
import { schemaTypes } from './emit/schema-types.ts'
import { simulatorDocument } from './emit/simulator-document.ts'
import { specRules } from './emit/spec-rules.ts'
import { loadSpec, type SpecLoader, specLoader } from './load/load-spec.ts'
import { type BlockName, markers, replaceBlock } from './readme/marked-block.ts'
import { type ReadmeBlock, readmeBlocks } from './readme/readme-blocks.ts'
import { SpecError } from './spec/located-problem.ts'
import type { Spec } from './spec/spec.ts'

export interface GenerateOptions {
  /** The root of the repository. */
  readonly root: string
}

/** The text of generated files by their path from the root, with `/` between folders. */
export type GeneratedFiles = ReadonlyMap<string, string>

/** Everything that specs generate. */
export interface Generated {
  /** READMEs among them, with what others wrote around the generated part. */
  readonly files: GeneratedFiles
  /** Sentences about READMEs that have no place for their generated part. */
  readonly unplaced: readonly string[]
}

/**
 * Everything that the specs below `root` generate, in memory. The same specs give the same bytes.
 *
 * @throws SpecError with the problems of all specs.
 */
export async function generateAll({ root }: GenerateOptions): Promise<Generated> {
  const loader = await specLoader(root)
  const specs = await loadAll('specs', loader)
  const emittedFiles = await Promise.all([...specs.flatMap(emitPackage), ...specs.map(emitSimulator)])
  const others = await Promise.all([adminFiles(root), adminPage(root), specRules(root)])
  const code = [...emittedFiles, ...others.flat()]
  const blocks = await readmeBlocks(root, specs)
  const formatted = await formatFiles([...code, ...blocks.map(({ path, text }): EmittedFile => [path, text])])
  const texts = formatted.slice(code.length).map(([, text]) => text)
  const { readmes, unplaced } = await placeBlocks(
    root,
    blocks.map((block, index) => ({ ...block, text: texts[index] ?? '' })),
  )
  const files = [...formatted.slice(0, code.length), ...readmes]
  return { files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))), unplaced }
}

/** The specs in a folder, by their id. */
async function loadAll(folder: string, loader: SpecLoader): Promise<readonly Spec[]> {
  const ids = await folderNames(join(loader.root, folder))
  const loaded = await Promise.allSettled(ids.map((id) => loadSpec(`${folder}/${id}`, loader)))
  throwFailures(loaded)
  return loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}

/** Without those that begin with an underscore; none where there is no such folder. */
async function folderNames(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
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

function emitPackage(spec: Spec): readonly Promise<EmittedFile>[] {
  const generated = `packages/${spec.id}/src/generated`
  return [
    emitted(`${generated}/facts.ts`, providerFacts(spec)),
    emitted(`${generated}/provider.ts`, providerSource(spec)),
    emitted(`${generated}/schema.ts`, schemaTypes(spec)),
  ]
}

function emitSimulator(spec: Spec): Promise<EmittedFile> {
  return emitted(`packages/simulator/src/generated/${spec.id}.ts`, simulatorDocument(spec))
}

async function emitted(path: string, source: string | Promise<string>): Promise<EmittedFile> {
  return [path, await source]
}

/** The READMEs with their blocks renewed, and sentences that say what they lack. */
async function placeBlocks(
  root: string,
  blocks: readonly ReadmeBlock[],
): Promise<{ readonly readmes: readonly EmittedFile[]; readonly unplaced: readonly string[] }> {
  const readmes = new Map<string, string>()
  const unplaced: string[] = []
  for (const { path, name, text } of blocks) {
    const readme = readmes.get(path) ?? (await readFile(join(root, path), 'utf8').catch(() => undefined))
    const placed = readme === undefined ? undefined : replaceBlock(readme, name, text)
    if (placed === undefined) unplaced.push(withoutPlace(path, name, readme === undefined))
    else readmes.set(path, placed)
  }
  return { readmes: [...readmes], unplaced }
}

function withoutPlace(path: string, name: BlockName, isMissing: boolean): string {
  const [start, end] = markers(name)
  if (isMissing) return `${path} is missing. Write it, with ${start} and ${end} where the ${name} belong.`
  const where = name === 'release' ? 'below its install line' : 'into it'
  return `${path} has no place for the ${name}. Put ${start} and ${end} ${where}.`
}
