import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkExample } from '../lint/check-examples.ts'
import type { DocumentedExample } from '../spec/example.ts'
import { type LocatedProblem, locate, SpecError } from '../spec/located-problem.ts'
import { jsonObjectOf, parseDocument } from '../spec/parse-document.ts'
import type { SpecModel } from '../spec/spec.ts'
import type { Vocabulary } from '../spec/vocabulary.ts'

/**
 * The examples in `folder` (from `root`), by file name, so that their order is the same everywhere.
 *
 * @throws SpecError when one does not fit the spec.
 */
export async function readExamples(
  root: string,
  folder: string,
  model: SpecModel,
  vocabulary: Vocabulary,
): Promise<readonly DocumentedExample[]> {
  const names = await readdir(join(root, folder)).catch(() => [])
  const examples: DocumentedExample[] = []
  const problems: LocatedProblem[] = []
  for (const name of names.filter((entry) => entry.endsWith('.json')).sort()) {
    const file = `${folder}/${name}`
    const path = join(root, file)
    const document = parseDocument(await readFile(path, 'utf8'), path, file)
    const example = jsonObjectOf(document)
    const found = checkExample(example, model, vocabulary)
    problems.push(...found.map((problem) => locate(problem, file, document.source)))
    if (vocabulary.isExample(example)) examples.push(example)
  }
  if (problems.length > 0) throw new SpecError(problems)
  return examples
}
