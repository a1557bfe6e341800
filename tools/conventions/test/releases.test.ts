import { prove } from './prove.ts'
import { unreleasedInstalls } from './rules/install-lines.ts'
import { unofficial } from './rules/unofficial.ts'

const readme = (command: string, below: string): string => `# Ours\n\n\`\`\`sh\n${command}\n\`\`\`\n\n${below}\n`
const SAYS = '<!-- release:start -->\n\n_Not on npm yet._\n\n<!-- release:end -->'
const SILENT = '<!-- release:start -->\n<!-- release:end -->'

prove('a README says next to its install line that npm lacks the package, until its release', unreleasedInstalls, {
  'an unreleased package whose README says nothing, and one without a place for it': {
    tree: {
      'packages/acme/package.json': '{ "name": "@chaveiro/acme", "version": "0.0.0" }',
      'packages/acme/README.md': readme('npm install @chaveiro/acme', SILENT),
      'packages/acme/README.pt-BR.md': readme('npm install @chaveiro/acme', `Node 20.\n\n${SAYS}`),
      'README.md': readme('npm install other', '') + readme('$ pnpm add @chaveiro/acme # it', SAYS),
    },
    says: [
      'packages/acme/README.md does not say that npm lacks @chaveiro/acme. Run npx --yes pnpm@12.21.0 generate.',
      'packages/acme/README.pt-BR.md needs <!-- release:start --> and <!-- release:end --> right below the block that installs @chaveiro/acme.',
    ],
  },
  'a released package whose README still says it': {
    tree: {
      'packages/acme/package.json': '{ "name": "@chaveiro/acme", "version": "0.1.0" }',
      'packages/acme/README.md': readme('npm install @chaveiro/acme', SAYS),
      'examples/one/README.md': readme('npx @chaveiro/acme', SILENT),
    },
    says: ['packages/acme/README.md says that npm lacks @chaveiro/acme. Run npx --yes pnpm@12.21.0 generate.'],
  },
})

prove('the README of each provider says that its package is unofficial', unofficial, {
  'one that says it at the end, and one that says it of another company': {
    tree: {
      'specs/acme/openapi.yaml': 'info:\n  title: "Acme (Pay)"\n',
      'packages/acme/README.md': `${readme('npm test', '')}_Unofficial: Chaveiro is not affiliated with Acme (Pay)._\n`,
      'packages/acme/README.pt-BR.md': '_Não oficial: o Chaveiro não tem vínculo com a Outra._\n',
    },
    says: [
      'packages/acme/README.md has to say above its first block of code: _Unofficial: Chaveiro is not affiliated with Acme (Pay)._',
      'packages/acme/README.pt-BR.md has to say above its first block of code: _Não oficial: o Chaveiro não tem vínculo com Acme (Pay)._ (with its article: a Acme (Pay), o Acme (Pay))',
    ],
  },
})
