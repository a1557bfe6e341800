import type { Spec } from '../spec/spec.ts'

/** The first lines of every generated file. */
export function banner(spec: Spec): string {
  return [
    `// Generated from ${spec.file} (sha256 ${spec.sha256}).`,
    '// Do not edit: change the spec, then run `pnpm generate`.',
    '',
  ].join('\n')
}
