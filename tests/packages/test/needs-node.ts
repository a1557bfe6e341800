import { buildSync } from 'esbuild'
import { PROJECT } from './installed.ts'

/** Whether an entry, or anything that it imports, imports a module of Node. */
export function needsNode(entry: string): boolean {
  const { metafile } = buildSync({
    stdin: { contents: `export * from '${entry}'`, resolveDir: PROJECT },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['node:*'],
    metafile: true,
    write: false,
  })
  const [output] = Object.values(metafile.outputs)
  return output?.imports.some(({ path, external }) => external === true && path.startsWith('node:')) === true
}
