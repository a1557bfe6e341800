import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'esbuild'
import type { Row } from './row.ts'

/** An entry as a bundler would ship it: minified, compressed with brotli, whatever it imports included. */
export async function entrySize(
  entry: string,
  budgetBytes: number,
  { external = [], conditions = ['node'] }: { external?: readonly string[]; conditions?: readonly string[] } = {},
): Promise<Row> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${entry}'`, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: [...conditions, 'import', 'default'],
    target: 'es2023',
    external: [...external],
    write: false,
  })
  const code = outputFiles[0]?.contents ?? new Uint8Array()
  const bytes = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).byteLength
  return {
    what: `\`${entry}\`, minified and brotli`,
    measured: `${bytes} bytes`,
    against: external.length > 0 ? `without ${external.join(', ')}` : 'with all it imports',
    figure: `${(bytes / 1024).toFixed(2)} KiB`,
    limit: `at most ${budgetBytes / 1024} KiB`,
    kept: bytes > 0 && bytes <= budgetBytes,
  }
}
