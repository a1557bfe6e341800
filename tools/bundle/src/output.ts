import type { OutputOptions } from 'rolldown'
import type { Entry } from './entries.ts'

const FOLDER = 'dist'

/** How every bundle of ours is written. */
export const OUTPUT: OutputOptions = {
  dir: FOLDER,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name].js',
  sourcemap: true,
  // By default, unused statements are dropped here too.
  minify: false,
  minifyInternalExports: false,
  // The declarations have the docstrings.
  comments: { legal: true, annotation: true, jsdoc: false },
}

export function inputOf(entries: readonly Entry[]): Record<string, string> {
  return Object.fromEntries(entries.map((entry) => [entry.out, `./${entry.in}`]))
}

/** The files of a bundle, from the package's folder. Maps are among them. */
export function writtenFiles(output: readonly { readonly fileName: string }[]): readonly string[] {
  return output.map(({ fileName }) => `${FOLDER}/${fileName}`)
}
