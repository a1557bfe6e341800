import { execFile } from 'node:child_process'
import type { Profiler } from 'node:inspector'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { CaseName } from './cases.ts'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
const CORE = new URL('../../../packages/core/src/', import.meta.url).href

/** A file of the core that a call entered. */
export interface EnteredFile {
  /** Below `packages/core/src`. */
  readonly path: string
  /** How many of its functions the call entered. */
  readonly functions: number
}

/** Makes one call in a process of its own, with the core's sources, and returns the files that it entered, sorted. */
export async function countFiles(name: CaseName): Promise<readonly EnteredFile[]> {
  const args = ['--conditions=@chaveiro/source', '--import=./src/typescript.mjs', 'src/measured-call.ts', name]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: PACKAGE, maxBuffer: 1 << 26 })
  const scripts: readonly Profiler.ScriptCoverage[] = JSON.parse(stdout)
  return scripts
    .filter(({ url }) => url.startsWith(CORE))
    .map(({ url, functions }) => ({ path: url.slice(CORE.length), functions: functions.filter(isEntered).length }))
    .filter(({ functions }) => functions > 0)
    .sort((one, other) => (one.path < other.path ? -1 : 1))
}

/** A script itself is among its functions: its evaluation is an import, not a part of the call. */
function isEntered({ functionName, ranges }: Profiler.FunctionCoverage): boolean {
  const isScript = functionName === '' && ranges[0]?.startOffset === 0
  return !isScript && ranges.some(({ count }) => count > 0)
}
