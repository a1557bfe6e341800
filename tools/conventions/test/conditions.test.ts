import { expect, it } from 'vitest'
import { CONDITION_SETS, type Platform } from './condition-sets.ts'
import { prove } from './prove.ts'
import { providerIds, publishedPackages } from './repository.ts'
import { exportConditions } from './rules/export-conditions.ts'

type Target = string | Readonly<Record<string, unknown>>

/** The file that a tool gets: the first condition in the manifest's order that the tool sets. */
function resolve(target: Target, conditions: readonly string[]): string | undefined {
  if (typeof target === 'string') return target
  for (const [condition, inner] of Object.entries(target)) {
    if (condition !== 'default' && !conditions.includes(condition)) continue
    const found = typeof inner === 'string' ? inner : resolve(Object(inner), conditions)
    if (found !== undefined) return found
  }
  return undefined
}

/** What every tool gets of an entry that has a module for each kind of platform. */
const EXPECTED: Readonly<Record<string, Readonly<Record<Platform, string>>>> = {
  ...Object.fromEntries(
    [...providerIds(), 'oauth'].map((id) => [
      `@chaveiro/${id}`,
      // A key in a web worker is a mistake that runs; a Worker without its client would be a client that doesn't.
      { server: 'index', either: 'index', unknown: 'index', device: 'browser' },
    ]),
  ),
  '@chaveiro/genpag/card': {
    server: 'card/on-a-server',
    either: 'card/index',
    unknown: 'card/index',
    device: 'card/index',
  },
}

const entries = publishedPackages().flatMap(({ manifest }) =>
  Object.entries(manifest.publishConfig?.exports ?? {}).flatMap(([entry, target]) =>
    typeof target === 'string'
      ? []
      : [{ name: `${manifest.name}${entry.slice(1)}`, target, source: manifest.exports?.[entry] ?? '' }],
  ),
)

it.each(CONDITION_SETS)('$tool gets the right module of every entry', ({ conditions, platform }) => {
  const wanted = entries.map(({ name, target }) => {
    const only: unknown = Object(target).default
    return [name, EXPECTED[name] === undefined ? only : `./dist/${EXPECTED[name][platform]}.js`]
  })
  expect(entries.map(({ name, target }) => [name, resolve(target, conditions)])).toEqual(wanted)
  // Our own tests and types read the same module's source.
  const sources = entries.map(({ name, source }) => [name, resolve(source, ['@chaveiro/source', ...conditions])])
  const compiled = sources.map(([name, file]) => [name, file?.replace(/^\.\/src\/(.*)\.ts$/, './dist/$1.js')])
  expect(compiled).toEqual(wanted)
})

it('TypeScript gets the types of every entry, whatever conditions it is given', () => {
  for (const { conditions } of CONDITION_SETS) {
    const types = entries.map(({ target }) => resolve(target, ['types', ...conditions]))
    expect(types.filter((file) => !file?.endsWith('.d.ts'))).toEqual([])
  }
})

const acme = (exports: object): Readonly<Record<string, string>> => ({
  'specs/acme/openapi.yaml': '',
  'packages/acme/package.json': JSON.stringify({ name: '@chaveiro/acme', exports }),
})

prove('every platform gets its own module of an entry', exportConditions, {
  'browser before the conditions of servers, some of which are missing': {
    tree: acme({
      './card': { types: './a.d.ts', browser: './b.js', workerd: './a.js', node: './a.js', default: './b.js' },
    }),
    says: [
      'packages/acme/package.json: the entry ./card has to list every condition of servers, in this order: workerd, ' +
        'edge-light, netlify, fastly, deno, bun, node.',
      'packages/acme/package.json: the entry ./card has to list browser after the conditions of servers, which bundlers ' +
        'for them set too.',
      'packages/acme/package.json: the entry ./card has to choose its sources under @chaveiro/source by the same ' +
        'conditions, in the same order.',
    ],
  },
  'types that come too late': {
    tree: acme({ './facts': { default: './facts.js', types: './facts.d.ts' } }),
    says: ['packages/acme/package.json: the entry ./facts has to begin with types and end with default.'],
  },
  'a main entry without a module for browsers': {
    tree: acme({
      '.': { '@chaveiro/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
    }),
    says: [
      'packages/acme/package.json: the entry . is not that of a package that holds keys. See packages/bitize/package.json.',
    ],
  },
})
