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

/**
 * Bundles an entry, or `only` some of it, as it is installed in a folder, with whatever it imports. With `onTopOf`, the
 * size is what the entry adds to a bundle of those entries, whose parts it may share.
 */
export async function entrySize(
  { entry, only, onTopOf = [], platform = 'node' }: SizeBudget,
  folder: string,
): Promise<EntrySize> {
  const base = onTopOf.map((one) => `export * from '${one}'`)
  const whole = await bundleSize(
    [...base, `export ${only ? `{ ${only.join(', ')} }` : '*'} from '${entry}'`],
    platform,
    folder,
  )
  const before = await bundleSize(base, platform, folder)
  const shares = new Map(before.modules.map(({ path, bytes }) => [path, bytes]))
  return {
    minifiedBytes: whole.minifiedBytes - before.minifiedBytes,
    bytes: whole.bytes - before.bytes,
    modules: whole.modules
      .map(({ path, bytes }) => ({ path, bytes: bytes - (shares.get(path) ?? 0) }))
      .filter(({ bytes }) => bytes > 0)
      .sort((a, b) => b.bytes - a.bytes),
  }
}

async function bundleSize(statements: readonly string[], platform: string, folder: string): Promise<EntrySize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: statements.join('\n'), resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: [platform, 'import', 'default'],
    target: 'es2023',
    write: false,
    metafile: true,
  })
  const code = outputFiles[0]?.contents ?? new Uint8Array()
  const [output] = Object.values(metafile.outputs)
  return {
    minifiedBytes: code.byteLength,
    bytes: brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).byteLength,
    modules: Object.entries(output?.inputs ?? {}).map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput })),
  }
}
