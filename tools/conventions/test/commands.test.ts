import { prove } from './prove.ts'
import { everyCommandExists, everyScriptIsListed } from './rules/commands.ts'

const workspace = (...names: readonly string[]): string =>
  JSON.stringify({ name: 'workspace', scripts: Object.fromEntries(names.map((name) => [name, 'true'])) })

const table = (...commands: readonly string[]): string =>
  ['| command | what it does |', '| --- | --- |', ...commands.map((command) => `| \`${command}\` | a line |`)].join(
    '\n',
  )

prove('CONTRIBUTING.md lists every script', everyScriptIsListed, {
  'one without a row, and one that only the text names': {
    tree: {
      'package.json': workspace('test', 'fix', 'docs', 'lint', 'lint:types'),
      'CONTRIBUTING.md': `Run \`pnpm fix\`.\n\n${table('pnpm test packages/<id>', 'pnpm run docs', 'pnpm lint:types')}\n`,
    },
    says: [
      'CONTRIBUTING.md has no row for the script fix. Add it to the table of commands.',
      'CONTRIBUTING.md has no row for the script lint. Add it to the table of commands.',
    ],
  },
})

prove('every command that is written down exists', everyCommandExists, {
  'a script that is gone, in a row, in a block and in a workflow': {
    tree: {
      'package.json': workspace('test'),
      'CONTRIBUTING.md': table('pnpm test', 'pnpm gone'),
      'docs/a.md': 'The installer pnpm runs it.\n\n```sh\nnpx --yes pnpm@12.21.0 gone --now\n```\n',
      '.github/workflows/a.yml': '# What pnpm runs.\nrun: npx --yes pnpm@12.21.0 run install # as pnpm does',
      'README.md': '`npx --yes pnpm@12.21.0 install`, `pnpm add it`, `pnpm exec it`, `pnpm run test`',
    },
    says: [
      '.github/workflows/a.yml: pnpm install is not a script of package.json.',
      'CONTRIBUTING.md: pnpm gone is not a script of package.json.',
      'docs/a.md: pnpm gone is not a script of package.json.',
    ],
  },
  'a script that a command of pnpm hides': {
    tree: { 'package.json': workspace('docs'), 'a.md': '`pnpm docs`, `pnpm run docs`' },
    says: ['a.md: pnpm has a command docs of its own. Write pnpm run docs.'],
  },
})
