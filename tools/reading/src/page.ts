import { functionsOf, type Reading } from './reading.ts'

/** `docs/reports/reading.md`. */
export function page(readings: readonly Reading[]): string {
  const paths = [...new Set(readings.flatMap(({ files }) => files.map(({ path }) => path)))].sort()
  return [
    '# What one call reads',
    '',
    'The engine can be read in one sitting: these are the files of [packages/core/src](../../packages/core/src) that one call',
    'enters. Written by `npx --yes pnpm@12.21.0 reading`, which fails when a call enters more files than its limit.',
    '',
    ...table(
      ['call', 'files', 'limit', 'functions'],
      readings.map((one) => [one.title, `${one.files.length}`, `${one.atMost}`, `${functionsOf(one)}`]),
    ),
    '',
    'Each call is made in a process of its own, from the sources, with the default options, against a server on the same',
    'machine. A file counts if V8 saw at least one of its functions run between the call and its result. Imports, making the',
    'manager and its source, and types run nothing then, so they do not count. The provider is as small as a provider can be;',
    'the helpers that a real one uses, and its own code, come on top. The shared store is `shared(memoryStore())`. The last',
    'call obtains a token, gets a 401, refreshes the token and sends the request again.',
    '',
    '## Files',
    '',
    'How many functions of each file the call enters.',
    '',
    ...table(
      ['file', ...readings.map(({ title }) => title)],
      paths.map((path) => [`\`${path}\``, ...readings.map((one) => entered(one, path))]),
    ),
    '',
  ].join('\n')
}

/** For the terminal: the figures, and with `list` the files. */
export function inWords(readings: readonly Reading[], list: boolean): string {
  return readings
    .flatMap((one) => [
      `${one.files.length > one.atMost ? '✗' : '✓'} ${one.title}: ${one.files.length} files (at most ${one.atMost}), ${functionsOf(one)} functions`,
      ...(list ? one.files.map(({ path, functions }) => `    ${path} (${functions})`) : []),
    ])
    .join('\n')
}

function entered({ files }: Reading, path: string): string {
  return `${files.find((file) => file.path === path)?.functions ?? ''}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}
