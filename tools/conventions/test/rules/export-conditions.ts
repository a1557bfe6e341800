import { isDeepStrictEqual } from 'node:util'
import { type Manifest, providerIds, publishedPackages, type Repository } from '../repository.ts'

/** A target of `exports`: a file, or a file for each condition. */
export type Target = NonNullable<Manifest['exports']>[string]

/**
 * The conditions that only servers set. They come before `browser`, because bundlers for Workers and Vercel's edge
 * runtime set `browser` too.
 */
const SERVER_CONDITIONS = ['workerd', 'edge-light', 'netlify', 'fastly', 'deno', 'bun', 'node'] as const

// `worker` is set for Workers at the edge and for the web workers of a page. See docs/decisions/export-conditions.md.
const KEYS_RUN_ON = [...SERVER_CONDITIONS, 'worker']
const DEVICES = ['react-native', 'browser']

/** What a package that holds keys exports as its main entry. */
export const PROVIDER_ENTRY: Target = {
  types: './dist/index.d.ts',
  ...Object.fromEntries(KEYS_RUN_ON.map((condition) => [condition, './dist/index.js'])),
  ...Object.fromEntries(DEVICES.map((condition) => [condition, './dist/browser.js'])),
  default: './dist/index.js',
}

/** Conditions are listed in an order in which every platform gets its own module, the types first. */
export function exportConditions(repository: Repository): readonly string[] {
  const holders = [...providerIds(repository), 'oauth']
  return publishedPackages(repository).flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports ?? {}).flatMap(([entry, target]) =>
      typeof target === 'string'
        ? []
        : problems(target, holders.includes(folder) && entry === '.').map(
            (problem) => `packages/${folder}/package.json: the entry ${entry} ${problem}`,
          ),
    ),
  )
}

function problems(target: Exclude<Target, string>, holdsKeys: boolean): readonly string[] {
  const { '@chaveiro/source': source, ...published } = target
  const conditions = Object.keys(published)
  const choices = conditions.filter((condition) => condition !== 'types' && condition !== 'default')
  const servers = choices.filter((condition) => SERVER_CONDITIONS.some((server) => server === condition))
  return [
    ...(conditions[0] === 'types' && conditions.at(-1) === 'default'
      ? []
      : ['has to begin with types and end with default.']),
    ...(choices.length === 0 || isDeepStrictEqual(servers, [...SERVER_CONDITIONS])
      ? []
      : [`has to list every condition of servers, in this order: ${SERVER_CONDITIONS.join(', ')}.`]),
    ...(choices.includes('browser') && choices.indexOf('browser') < choices.indexOf('node')
      ? ['has to list browser after the conditions of servers, which bundlers for them set too.']
      : []),
    ...(holdsKeys && !isDeepStrictEqual(Object.entries(published), Object.entries(PROVIDER_ENTRY))
      ? ['is not that of a package that holds keys. See packages/bitize/package.json.']
      : []),
    ...(choices.length === 0 || isDeepStrictEqual(withSources(source), Object.entries(published).slice(1))
      ? []
      : ['has to choose its sources under @chaveiro/source by the same conditions, in the same order.']),
  ]
}

/** What the sources are compiled to, by condition. */
function withSources(source: unknown): readonly (readonly [string, unknown])[] {
  if (typeof source !== 'object' || source === null) return []
  return Object.entries(source)
    .filter(([condition]) => condition !== 'types')
    .map(([condition, file]) => [condition, String(file).replace('./src/', './dist/').replace(/\.ts$/, '.js')])
}
