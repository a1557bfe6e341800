import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'esbuild'
import type { SizeBudget } from './size-budgets.ts'

/** How large an entry is as a bundler ships it. */
export interface EntrySize {
  /** Minified. */
  readonly minifiedBytes: number
  /** Minified, compressed with brotli. */
  readonly bytes: number
  /** The minified bytes that each module gave to it, the largest first. */
  readonly modules: readonly { readonly path: string; readonly bytes: number }[]
}

/** Bundles an entry as it is installed in a folder, with whatever it imports. */
export async function entrySize(
  { entry, onTopOf = [], platform = 'node' }: SizeBudget,
  folder: string,
): Promise<EntrySize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export * from '${entry}'`, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: [platform, 'import', 'default'],
    target: 'es2023',
    external: [...onTopOf],
    write: false,
    metafile: true,
  })
  const code = outputFiles[0]?.contents ?? new Uint8Array()
  const [output] = Object.values(metafile.outputs)
  const modules = Object.entries(output?.inputs ?? {}).map(([path, { bytesInOutput }]) => ({
    path,
    bytes: bytesInOutput,
  }))
  return {
    minifiedBytes: code.byteLength,
    bytes: brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).byteLength,
    modules: modules.filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes),
  }
}
