import { officialReadmes } from '../../codegen/src/index.ts'
import { prove } from './prove.ts'
import { everyProvider } from './rules/every-provider.ts'
import { unreleasedInstalls } from './rules/install-lines.ts'
import { signedReleases } from './rules/releases.ts'

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

prove('the README of each provider says that its package is unofficial', everyProvider(officialReadmes), {
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

prove('one workflow publishes, after all of CI, and it signs what it publishes', signedReleases, {
  'no signature, and a second workflow': {
    tree: {
      'pnpm-workspace.yaml': '# provenance: true\n',
      '.github/workflows/release.yml': 'run: npx --yes pnpm@12.21.0 exec changeset publish\n# id-token: write\n',
      '.github/workflows/nightly.yml': 'run: npm publish --tag next\n',
      '.github/workflows/ci.yml': '# Later: npm publish\nrun: npm test\n',
    },
    says: [
      'pnpm-workspace.yaml has to say provenance: true. Without it, pnpm publishes packages that nothing signs.',
      '.github/workflows/nightly.yml publishes. Only .github/workflows/release.yml may do that.',
      '.github/workflows/release.yml has to publish, with id-token: write, which lets it sign.',
      '.github/workflows/release.yml has to have a job with uses: ./.github/workflows/ci.yml, and what publishes needs that job.',
    ],
  },
  'tests that nothing waits for': {
    tree: {
      'pnpm-workspace.yaml': 'provenance: true\n',
      '.github/workflows/release.yml':
        'jobs:\n  test:\n    uses: ./.github/workflows/ci.yml\n  release:\n    permissions:\n      id-token: write\n    steps:\n      - run: pnpm publish\n',
    },
    says: [
      '.github/workflows/release.yml has to have a job with uses: ./.github/workflows/ci.yml, and what publishes needs that job.',
    ],
  },
})
