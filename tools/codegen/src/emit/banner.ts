import type { Spec } from '../spec/spec.ts'

/** What a file was generated from. */
export type BannerSource = Pick<Spec, 'file' | 'sha256'>

/** The first lines of every generated file. */
export function banner({ file, sha256 }: BannerSource): string {
  return [
    `// Generated from ${file} (sha256 ${sha256}).`,
    '// Do not edit: change the spec, then run `pnpm generate`.',
    '',
  ].join('\n')
}
