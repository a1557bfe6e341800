import { describe, expect, it } from 'vitest'
import { entriesOf } from '../src/entries.ts'
import type { Manifest, Target } from '../src/manifest.ts'

const acme = (entry: Target): Manifest => ({ name: 'acme', version: '1.0.0', exports: { '.': entry } })

describe('the entries of a manifest', () => {
  it('have their sources under the source condition, for each platform', () => {
    const source = {
      types: './src/server.ts',
      node: './src/server.ts',
      browser: './src/page.ts',
      default: './src/server.ts',
    }
    const entry = {
      '@chaveiro/source': source,
      types: './dist/server.d.ts',
      node: './dist/server.js',
      browser: './dist/page.js',
      default: './dist/server.js',
    }
    expect(entriesOf(acme(entry))).toEqual([
      { out: 'server', in: 'src/server.ts' },
      { out: 'page', in: 'src/page.ts' },
    ])
  })

  it('may have another name than their source', () => {
    expect(entriesOf(acme({ '@chaveiro/source': './src/kit/index.ts', default: './dist/provider.js' }))).toEqual([
      { out: 'provider', in: 'src/kit/index.ts' },
    ])
  })

  it('include the files of its commands', () => {
    expect(entriesOf({ name: 'acme', version: '1.0.0', bin: { acme: './dist/main.js' } })).toEqual([
      { out: 'main', in: 'src/main.ts' },
    ])
  })

  it.each<[string, Manifest, string]>([
    ['without a source', acme({ default: './dist/index.js' }), 'the entry . has no source'],
    [
      'with no source for a platform',
      acme({ '@chaveiro/source': { node: './src/a.ts' }, browser: './dist/a.js' }),
      'the entry . has no source for browser.',
    ],
    [
      'with two sources for one output',
      acme({
        '@chaveiro/source': { node: './src/a.ts', default: './src/b.ts' },
        node: './dist/a.js',
        default: './dist/a.js',
      }),
      './dist/a.js has two sources.',
    ],
    [
      'outside of dist',
      acme({ '@chaveiro/source': './src/a.ts', default: './lib/a.js' }),
      './lib/a.js is not of the form ./dist/….js.',
    ],
    ['without anything to import or run', { name: 'acme', version: '1.0.0' }, 'acme has no entry.'],
  ])('fail %s', (_, manifest, message) => {
    expect(() => entriesOf(manifest)).toThrow(message)
  })
})
