import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A program of the examples in one text, as an upload to a platform is. Node's own modules and drivers stay outside. */
export async function bundle(path: string, platform: 'node' | 'workerd'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../../../${path}`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: platform === 'node' ? 'node' : 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['@chaveiro/source', platform, 'import'],
    external: ['redis'],
  })
  return outputFiles[0]?.text ?? ''
}
