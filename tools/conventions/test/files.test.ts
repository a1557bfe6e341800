import { prove } from './prove.ts'
import { links } from './rules/links.ts'
import { agentsPageIsShort, fileSizes, noSkippedTests } from './rules/sources.ts'

const lines = (count: number): string => 'x\n'.repeat(count)

prove('files are short', fileSizes, {
  'a long one, a test': {
    tree: {
      'packages/core/test/a.test.ts': lines(301),
      'packages/core/src/b.ts': lines(300),
      'packages/c.ts': '',
      'tools/d.ts': '',
      'tools/e.ts': '',
    },
    says: ['packages/core/test/a.test.ts has 301 lines. Split it: 300 are the most.'],
  },
  'a high median': {
    tree: { 'packages/a.ts': lines(99), 'packages/b.ts': lines(100), 'tools/c.ts': lines(101) },
    says: ['Half of the files have 100 lines or more. Let them be under 100.'],
  },
})

prove('the page for newcomers is short', agentsPageIsShort, {
  'one more line': { tree: { 'AGENTS.md': lines(31) }, says: ['AGENTS.md has 31 lines. Shorten it: 30 are the most.'] },
  'a last line without an end': {
    tree: { 'AGENTS.md': 'x\n'.repeat(30).concat('x') },
    says: ['AGENTS.md has 31 lines. Shorten it: 30 are the most.'],
  },
})

prove('no test is skipped but by the one helper', noSkippedTests, {
  'one that is focused': {
    // In two pieces, so that this file does not break the rule.
    tree: { 'packages/core/test/a.test.ts': `it${'.only'}('works', () => {})` },
    says: ['packages/core/test/a.test.ts focuses, skips or postpones a test. describeWith of tests/servers may skip.'],
  },
})

prove('links in documents lead somewhere', links, {
  'a missing file, a missing heading, a definition; not links in code': {
    tree: {
      'README.md': [
        '# A title, `code` & more',
        '[gone](docs/gone.md) [here](#a-title-code--more) [not](#nowhere) [folder](docs) [web](https://example.com)',
        '`[code](x.md)` [there](docs/a.md#twice-1)',
        '[def]: docs/b.md',
        '```md',
        '[fenced](y.md)',
        '```',
      ].join('\n'),
      'docs/a.md': '## Twice\n\n## Twice\n',
    },
    says: [
      'README.md links to docs/gone.md, and there is no docs/gone.md.',
      'README.md links to #nowhere, and README.md has no such heading.',
      'README.md links to docs/b.md, and there is no docs/b.md.',
    ],
  },
})
