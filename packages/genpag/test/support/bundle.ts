import { fileURLToPath } from 'node:url'
import { build, type Platform } from 'esbuild'

/** A module as a bundler ships it in an application. */
export interface Bundle {
  readonly code: string
  /** The files of ours that went into it, from this package's folder on. */
  readonly files: readonly string[]
}

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))

/** Bundles code that imports this package by its name, for a platform that sets these conditions. */
export async function bundle(
  code: string,
  options: { platform: Platform; conditions?: readonly string[]; minify?: boolean; format?: 'esm' | 'iife' },
): Promise<Bundle> {
  const { platform, conditions = [], minify = false, format = 'esm' } = options
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: PACKAGE },
    absWorkingDir: PACKAGE,
    bundle: true,
    write: false,
    metafile: true,
    legalComments: 'none',
    target: 'es2022',
    platform,
    // Sources in place of what is built from them; the other conditions are those of a user.
    conditions: ['@chaveiro/source', ...conditions],
    minify,
    format,
  })
  const files = Object.keys(metafile.inputs).filter((file) => file !== '<stdin>')
  return { code: outputFiles[0]?.text ?? '', files }
}
