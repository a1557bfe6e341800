import type { Manifest, Target } from './manifest.ts'

/** A file that is imported or run from outside, and the source that it is bundled from. */
export interface Entry {
  /** Without its ending, from `dist`: `card/index`. */
  readonly out: string
  /** From the package's folder: `src/card/index.ts`. */
  readonly in: string
}

const SOURCE = '@chaveiro/source'

/**
 * The entries of a package, from its manifest alone: in `exports`, the source is under the condition `@chaveiro/source`
 * and the output under the same platform beside it; what `bin` names in `dist` has a source of the same name.
 *
 * @throws Error if the manifest doesn't say where an output comes from
 */
export function entriesOf({ name, exports = {}, bin = {} }: Manifest): readonly Entry[] {
  const found = new Map<string, string>()
  const add = (output: string, source: string): void => {
    const out = nameBetween(output, './dist/', '.js')
    const known = found.get(out)
    if (known !== undefined && known !== source) throw new Error(`${name}: ${output} has two sources.`)
    found.set(out, source)
  }
  for (const [entry, target] of Object.entries(exports)) {
    // Data, such as package.json.
    if (typeof target === 'string') continue
    const { [SOURCE]: source, ...published } = target
    if (source === undefined) throw new Error(`${name}: the entry ${entry} has no source under ${SOURCE}.`)
    for (const [condition, output] of Object.entries(published)) {
      if (condition === 'types') continue
      if (typeof output !== 'string') throw new Error(`${name}: the entry ${entry} nests conditions in ${condition}.`)
      add(output, sourceFor(source, condition, `${name}: the entry ${entry}`))
    }
  }
  for (const output of Object.values(bin)) add(output, `./src/${nameBetween(output, './dist/', '.js')}.ts`)
  if (found.size === 0) throw new Error(`${name} has no entry.`)
  return [...found].map(([out, source]) => ({ out, in: source.replace('./', '') }))
}

function sourceFor(source: Target, condition: string, entry: string): string {
  const file = typeof source === 'string' ? source : source[condition]
  if (typeof file !== 'string') throw new Error(`${entry} has no source for ${condition}.`)
  return file
}

function nameBetween(path: string, start: string, end: string): string {
  if (path.startsWith(start) && path.endsWith(end)) return path.slice(start.length, -end.length)
  throw new Error(`${path} is not of the form ${start}…${end}.`)
}
