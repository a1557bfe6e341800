/** What every bundle of ours is. */
export const SHARED_OPTIONS = {
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  // What several entries need is a file that they share, so that a class is the same class for each of them.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  sourcemap: 'linked',
  legalComments: 'inline',
  metafile: true,
  logLevel: 'warning',
} as const
