import { expect, it } from 'vitest'
import { read } from './repository.ts'

/** The packages of the page's table, each with its version. */
function packagesOn(page: string): string[] {
  const [, block = ''] = /<!-- npm:start -->(.*)<!-- npm:end -->/s.exec(read(page)) ?? []
  return [...block.matchAll(/^\| `(\S+)`\s+\| (\S+)/gm)].map(([, name, version]) => `${name} ${version}`)
}

it('the comparison has the same packages in both languages, and says something about each', () => {
  const [english, portuguese] = ['docs/comparison.md', 'docs/comparison.pt-BR.md'].map(packagesOn)
  expect(english?.length).toBeGreaterThan(0)
  expect(portuguese).toEqual(english)
  // Under the names that people know them by.
  const known: Readonly<Record<string, string>> = {
    'better-auth': 'Better Auth',
    'next-auth': 'Auth.js',
    '@azure/msal-node': 'MSAL',
    '@nangohq/node': 'Nango',
    '@pipedream/sdk': 'Pipedream',
  }
  const headings =
    read('docs/comparison.md')
      .match(/^### .*$/gm)
      ?.join('\n') ?? ''
  for (const name of english?.map((line) => line.split(' ')[0] ?? '') ?? []) {
    expect(headings).toContain(known[name] ?? name)
  }
})
