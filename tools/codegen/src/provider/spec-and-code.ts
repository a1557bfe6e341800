import { generateAll } from '../generate-all.ts'
import { findDrift } from '../generated-files.ts'
import { SpecError } from '../spec/located-problem.ts'

/** What the generator says of a provider. */
export interface SpecAndCode {
  /** The mistakes of its spec. */
  readonly spec: readonly string[]
  /** Its generated files that differ from what its spec gives. */
  readonly code: readonly string[]
}

/** Checks a spec and what was generated from it. The tables of the project's READMEs are made of all specs. */
export async function checkSpecAndCode(id: string, root: string): Promise<SpecAndCode> {
  try {
    const { files, unplaced } = await generateAll({ root })
    const { missing, stale, extra } = await findDrift(root, files)
    const drift = [
      ...missing.map((path) => ({ path, fault: 'is missing' })),
      ...stale.map((path) => ({ path, fault: 'differs from what the spec gives' })),
      ...extra.map((path) => ({ path, fault: 'comes from no spec any more' })),
    ]
    const own = drift.filter(({ path }) => isOf(id, path))
    return {
      spec: [],
      code: [...own.map(({ path, fault }) => `${path} ${fault}.`), ...unplaced.filter((line) => isOf(id, line))],
    }
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    const own = error.problems.filter(({ file }) => file.startsWith(`specs/${id}/`))
    const others = [...new Set(error.problems.map(({ file }) => file))].join(', ')
    return own.length > 0
      ? { spec: new SpecError(own).message.split('\n'), code: ['Nothing is generated from a spec with mistakes.'] }
      : { spec: [], code: [`Nothing is generated as long as another spec has mistakes: ${others}.`] }
  }
}

/** A path, or a sentence that begins with one. */
function isOf(id: string, path: string): boolean {
  return (
    path.startsWith(`packages/${id}/`) ||
    path.startsWith(`packages/simulator/src/generated/${id}.ts`) ||
    /^README(\.pt-BR)?\.md/.test(path)
  )
}
