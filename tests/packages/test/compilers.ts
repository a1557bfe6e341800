import { createRequire } from 'node:module'
import { run } from '../src/index.ts'

const { resolve } = createRequire(import.meta.url)

/** Every compiler that users may have, by its version. */
export const COMPILERS: readonly (readonly [string, string])[] = [
  ['5.9', resolve('typescript5/bin/tsc')],
  ['6.0', resolve('typescript6/bin/tsc')],
  ['7.0', resolve('typescript/package.json').replace('package.json', 'bin/tsc')],
]

/** Compiles the project of a folder. Gives what the compiler printed: nothing, if all is well. @throws with it, if not. */
export function compile(compiler: string, folder: string): Promise<string> {
  return run(process.execPath, [compiler, '--project', folder, '--pretty', 'false'], { cwd: folder })
}
