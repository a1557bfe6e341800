import { CASES, type Case } from './cases.ts'
import { countFiles, type EnteredFile } from './count-files.ts'

/** A case, and the files that its call entered. */
export interface Reading extends Case {
  readonly files: readonly EnteredFile[]
}

/** Makes each call, one after the other. */
export async function readings(): Promise<readonly Reading[]> {
  const found: Reading[] = []
  for (const one of CASES) found.push({ ...one, files: await countFiles(one.name) })
  return found
}

/** How many functions a call entered, in all its files. */
export function functionsOf({ files }: Reading): number {
  return files.reduce((sum, { functions }) => sum + functions, 0)
}
