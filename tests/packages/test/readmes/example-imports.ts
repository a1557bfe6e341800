import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeBlocks } from '../../../../tools/conventions/test/readmes.ts'
import { run } from '../../src/index.ts'

/**
 * Imports in a project what the first example of a README imports. A README without an example imports nothing.
 *
 * @throws with what Node printed, if a package or a name is missing
 */
export async function importFirstExample(readme: string, project: string): Promise<void> {
  // The first that imports more than types.
  const example = codeBlocks(readme).find(({ code }) => /^import (?!type )/m.test(code))
  const imports = example?.code.match(/^import (?!type ).*?from '[^']+'$/gms) ?? []
  // Node imports no types.
  const program = imports.join('\n').replaceAll(/\btype \w+,?\s*/g, '')
  // Those of several READMEs run at the same time.
  const file = `imports-of-${readme.replaceAll(/\W/g, '-')}.mjs`
  await writeFile(join(project, file), program)
  await run(process.execPath, [file], { cwd: project })
}
