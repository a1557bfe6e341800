import {
  misplacedFiles,
  missingRows,
  mistakenPrivacy,
  untestedFacts,
  untranslatedInputs,
} from '../../codegen/src/index.ts'
import { prove } from './prove.ts'
import { oneVersionEach } from './rules/dependencies.ts'
import { everyProvider } from './rules/every-provider.ts'
import { packageShape, providerEntries } from './rules/package-shape.ts'
import { everyProject, projectReferences } from './rules/registered.ts'

const manifest = {
  name: '@chaveiro/acme',
  description: 'Acme.',
  license: 'MIT',
  repository: { type: 'git', url: 'git+https://github.com/chaveiro/chaveiro.git', directory: 'packages/acme' },
  type: 'module',
  sideEffects: false,
  engines: { node: '>=20.19' },
  files: ['dist', 'src', '!dist/.tsbuildinfo'],
  exports: { '.': { '@chaveiro/source': './src/index.ts', default: './dist/index.js' } },
  publishConfig: { access: 'public', provenance: true, exports: { '.': { default: './dist/index.js' } } },
  scripts: { build: 'tsc -b && bundle-package' },
}
const acme = (changes: object): Record<string, string> => ({
  'packages/acme/package.json': JSON.stringify({ ...manifest, ...changes }),
  'packages/acme/README.md': '',
  'packages/acme/README.pt-BR.md': '',
  'packages/acme/tsconfig.json': '{ "compilerOptions": { "emitDeclarationOnly": true }, "references": [] }',
})

prove('every package has the same shape', packageShape, {
  'another name, platform and list of files': {
    tree: acme({ name: 'acme', engines: { node: '>=22' }, files: ['dist'] }),
    says: [
      'packages/acme/package.json: name has to be "@chaveiro/acme".',
      'packages/acme/package.json: engines has to be {"node":">=20.19"}.',
      'packages/acme/package.json: files has to be ["dist","src","!dist/.tsbuildinfo"].',
    ],
  },
  'no scripts, no provenance, no description': {
    tree: acme({
      scripts: {},
      publishConfig: { access: 'public', exports: manifest.publishConfig.exports },
      description: '',
    }),
    says: [
      'packages/acme/package.json: publishConfig has to say access public, provenance true.',
      'packages/acme/package.json: the script build (tsc -b && bundle-package) is needed.',
      'packages/acme/package.json: description has to be a sentence.',
    ],
  },
  'a wildcard, which is also not what is published': {
    tree: acme({ exports: { './*': './dist/*.js' } }),
    says: [
      'packages/acme/package.json: the entry ./* is a wildcard. List each one.',
      'packages/acme/package.json: publishConfig.exports has to be exports without @chaveiro/source.',
    ],
  },
  'no README, and code from the compiler': {
    tree: { 'packages/acme/package.json': JSON.stringify(manifest), 'packages/acme/tsconfig.json': '{}' },
    says: [
      'packages/acme/README.md is missing.',
      'packages/acme/README.pt-BR.md is missing.',
      'packages/acme/tsconfig.json: emitDeclarationOnly has to be true.',
    ],
  },
})

prove('every provider has the same entries', providerEntries, {
  'no module for browsers, and no facts': {
    tree: {
      'specs/acme/openapi.yaml': '',
      ...acme({ publishConfig: { exports: { '.': './dist/index.js', './package.json': './package.json' } } }),
    },
    says: [
      'packages/acme: the entry . is not that of a provider. See packages/bitize.',
      'packages/acme: the entry ./facts is not that of a provider. See packages/bitize.',
    ],
  },
})

prove('every numbered fact has tests on both sides', everyProvider(untestedFacts), {
  'a test that is missing, one without the number, and none': {
    tree: {
      'specs/acme/openapi.yaml': '',
      'specs/acme/SOURCES.md': [
        '| fact | | what | in the spec | simulator | client |',
        '| `C01` | SEED | a | b | `tokens.test.ts` | `life.test.ts` |',
        '| `C02` | SEED | a | b | `gone.test.ts` | |',
      ].join('\n'),
      'packages/simulator/test/acme/tokens.test.ts': "it('lives [C01, C02]', () => {})",
      'packages/acme/test/life.test.ts': "it('lives [C02]', () => {})",
    },
    says: [
      'packages/acme/test/life.test.ts has no test whose title has [C01] in it, as specs/acme/SOURCES.md says.',
      'specs/acme/SOURCES.md: C02 names gone.test.ts, which is not below packages/simulator/test/acme/.',
      'specs/acme/SOURCES.md: C02 names no test below packages/acme/test/.',
    ],
  },
})

prove('a person is asked for every input in Portuguese too', everyProvider(untranslatedInputs), {
  'one of two inputs, and a provider that is not finished': {
    tree: {
      'specs/acme/openapi.yaml': [
        'components:',
        '  securitySchemes:',
        '    accessToken:',
        '      x-token-lifecycle:',
        '        inputs:',
        '          clientId: { description: The id., x-description-pt-BR: O id. }',
        '          clientSecret: { description: The secret. }',
      ].join('\n'),
      'specs/begun/openapi.yaml':
        '{ components: { securitySchemes: { a: { x-token-lifecycle: { inputs: { key: { description: PLACEHOLDER } } } } } } }',
    },
    says: ['specs/acme/openapi.yaml: the input clientSecret has no x-description-pt-BR.'],
  },
})

prove('everything of a provider is named after its id', everyProvider(misplacedFiles), {
  'other names, and files that are elsewhere': {
    tree: {
      'specs/acme-pay/openapi.yaml': '',
      'specs/acme-pay/SOURCES.md': '',
      'packages/acme-pay/README.md': '',
      'packages/acme-pay/src/client.ts': '',
      'packages/acme-pay/src/browser.ts': '',
      'packages/acme-pay/src/index.ts':
        'export { AcmePay, AcmePayInputs, AcmePayOptions, AcmePayServer, createAcmepay, acmePayProvider }',
      'packages/simulator/src/acme-pay/simulate-acme-pay.ts': '',
    },
    says: [
      'packages/acme-pay/README.pt-BR.md is missing: acme-pay is a provider.',
      'packages/acme-pay/src/acme-pay.ts is missing: acme-pay is a provider.',
      'packages/acme-pay/src/index.ts does not export createAcmePay.',
    ],
  },
})

prove('every server and input of a provider is in its READMEs', everyProvider(missingRows), {
  'a table without a row, and an unnamed server': {
    tree: {
      'specs/acme/openapi.yaml': '',
      'packages/acme/src/generated/facts.ts': [
        "  servers: {\n    production: { url: 'https://api.acme.example' },\n  },",
        '  inputs: {\n    clientId: {\n      identity: true,\n    },\n  },\n',
      ].join('\n'),
      'packages/acme/README.md': '| `clientId` | none | https://api.acme.example |',
      'packages/acme/README.pt-BR.md': 'clientId',
    },
    says: [
      'packages/acme/README.pt-BR.md has no row for `clientId` in its table of options.',
      'packages/acme/README.pt-BR.md does not name the server https://api.acme.example.',
    ],
  },
})

prove('no release takes a provider along before its facts are looked up', everyProvider(mistakenPrivacy), {
  'placeholders in what would be published': {
    tree: { ...acme({}), 'specs/acme/openapi.yaml': 'title: Acme', 'specs/acme/SOURCES.md': 'PLACEHOLDER' },
    says: [
      'specs/acme/SOURCES.md has PLACEHOLDERs: look them up, or say "private": true in packages/acme/package.json.',
    ],
  },
  'a finished one that no release takes along': {
    tree: { ...acme({ private: true }), 'specs/acme/openapi.yaml': 'title: Acme' },
    says: ['packages/acme/package.json: nothing is left to look up, so remove "private".'],
  },
})

prove('the compiler looks at every project', everyProject, {
  'one that is not referred to, and one that is gone': {
    tree: { 'tsconfig.test.json': '{ "path": "tools/gone" }', 'packages/acme/tsconfig.json': '{}' },
    says: [
      'tsconfig.test.json has no reference to packages/acme.',
      'tsconfig.test.json refers to tools/gone, which is not there.',
    ],
  },
})

prove('a package refers to the projects that it depends on', projectReferences, {
  'a missing reference': {
    tree: acme({ dependencies: { '@chaveiro/core': 'workspace:^' } }),
    says: ['packages/acme/tsconfig.json has no reference to packages/core, on which the package depends.'],
  },
})

prove('each dependency has one exact version and a reason', oneVersionEach, {
  'a version of its own, a range in the catalog, and no reason': {
    tree: {
      'pnpm-workspace.yaml': 'catalog:\n  "@scope/known": ^1.0.0\n  new: 2.0.0\n  # Both.\n  alias: npm:known@3.0.0\n',
      'docs/dependencies.md': '**`@scope/known` 1.0.0** does it. **`alias`, which is `known`** too.',
      'packages/acme/package.json': '{ "dependencies": { "own": "1.0.0", "new": "catalog:" } }',
      'tools/apart/package.json': '{ "devDependencies": { "loose": "^1.0.0", "exact": "npm:other@1.0.0" } }',
      'tools/apart/pnpm-workspace.yaml': '',
    },
    says: [
      'tools/apart/package.json: loose is ^1.0.0. Name an exact version.',
      'packages/acme/package.json: own is 1.0.0. Put the version into the catalog, and write catalog: here.',
      'The catalog has @scope/known ^1.0.0. Name an exact version.',
      'docs/dependencies.md gives no reason for new.',
    ],
  },
})
