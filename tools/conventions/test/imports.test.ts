import { prove } from './prove.ts'
import { arrows, ownFolder, toolsStayInside } from './rules/arrows.ts'
import { noCircularFolders, noCircularImports } from './rules/circular-imports.ts'
import { declaredImports, soleImporters } from './rules/dependencies.ts'
import { lifelessSimulator, namelessCore } from './rules/nameless-core.ts'
import { platforms } from './rules/platforms.ts'
import { portableTests } from './rules/portable-tests.ts'
import { noBuiltInInstanceof } from './rules/realms.ts'

const spec = { 'specs/acme/openapi.yaml': '' }
const core = { 'packages/core/package.json': '{ "name": "@chaveiro/core" }' }
const acme = { ...spec, 'packages/acme/package.json': '{ "name": "@chaveiro/acme" }' }

prove('a package imports of ours only what the architecture lets it', arrows, {
  'a provider that imports another': {
    tree: { ...acme, 'packages/acme/src/acme.ts': "import { createBitize } from '@chaveiro/bitize'" },
    says: ['packages/acme/src/acme.ts imports bitize, which docs/architecture.md does not let packages/acme do.'],
  },
  'a core that imports a provider, for its types': {
    tree: { ...core, ...spec, 'packages/core/src/a.ts': "type A = import('@chaveiro/acme/facts').Facts" },
    says: ['packages/core/src/a.ts imports acme, which docs/architecture.md does not let packages/core do.'],
  },
  'a simulator that imports the core when it runs': {
    tree: {
      'packages/simulator/package.json': '{ "name": "@chaveiro/simulator" }',
      'packages/simulator/src/a.ts': "const { grant } = await import('@chaveiro/core/provider')",
    },
    says: ['packages/simulator/src/a.ts imports core, which docs/architecture.md does not let packages/simulator do.'],
  },
})

prove('a package imports another by its name', ownFolder, {
  'a path into a neighbour': {
    tree: { ...core, 'packages/core/src/a/b.ts': "export { x } from '../../../stores/src/x.ts'" },
    says: ["packages/core/src/a/b.ts imports ../../../stores/src/x.ts, outside of its package's sources."],
  },
})

prove('no file of a package or a tool imports itself through others', noCircularImports, {
  'two files, one of them for a type alone; a file that imports only itself': {
    tree: {
      ...core,
      'packages/core/src/a/one.ts': "import { two } from '../b/two.ts'",
      'packages/core/src/b/two.ts': "import type { One } from '../a/one.ts'",
      'packages/core/src/alone.ts': "import { name } from './alone.ts'",
    },
    says: ['packages/core/src/a/one.ts → packages/core/src/b/two.ts is a circular import.'],
  },
  'a longer way, and one that only leads into it': {
    tree: {
      ...core,
      'packages/core/src/a.ts': "export { b } from './c.ts'",
      'packages/core/src/b.ts': "type A = import('./a.ts').A",
      'packages/core/src/c.ts': "import { b } from './b.ts'",
      'packages/core/src/index.ts': "import { a } from './a.ts'",
    },
    says: ['packages/core/src/a.ts → packages/core/src/c.ts → packages/core/src/b.ts is a circular import.'],
  },
  'a tool, and a suite': {
    tree: {
      'tools/codegen/src/command.ts': "import { run } from './provider/run.ts'",
      'tools/codegen/src/provider/run.ts': "import type { Io } from '../command.ts'",
      'tests/packages/src/a.ts': "import { b } from './b.ts'",
      'tests/packages/src/b.ts': "import { a } from './a.ts'",
    },
    says: [
      'tests/packages/src/a.ts → tests/packages/src/b.ts is a circular import.',
      'tools/codegen/src/command.ts → tools/codegen/src/provider/run.ts is a circular import.',
    ],
  },
})

prove('no folder of a tool imports itself through others', noCircularFolders, {
  'two folders, through different files; files beside them and a folder in a folder don’t count': {
    tree: {
      'tools/codegen/src/command.ts': "import { lint } from './lint/lint.ts'",
      'tools/codegen/src/io.ts': '',
      'tools/codegen/src/lint/lint.ts': "import { load } from '../spec/load.ts'\nimport type { Io } from '../io.ts'",
      'tools/codegen/src/lint/deep/rule.ts': "import { lint } from '../lint.ts'",
      'tools/codegen/src/spec/load.ts': "import type { Rule } from './rule.ts'",
      'tools/codegen/src/spec/rule.ts': "import type { Problem } from '../lint/deep/rule.ts'",
    },
    says: ['tools/codegen/src/lint → tools/codegen/src/spec: the files in these folders import each other.'],
  },
})

prove('nothing that users get imports what is only for us', toolsStayInside, {
  'a package with the generator in it, and one that starts servers outside of its tests': {
    tree: {
      'tools/codegen/package.json': '{ "name": "@chaveiro/codegen" }',
      'tests/servers/package.json': '{ "name": "@chaveiro/test-servers" }',
      'packages/core/src/a.ts': "import { generateAll } from '@chaveiro/codegen'",
      'packages/core/src/b.ts': "import { startRedis } from '@chaveiro/test-servers'",
      'packages/core/test/c.ts': "import { startRedis } from '@chaveiro/test-servers'",
    },
    says: [
      'packages/core/src/a.ts imports tools/codegen, which is only for us.',
      'packages/core/src/b.ts imports tests/servers, which is only for us.',
    ],
  },
})

prove('a package declares what it imports, and imports what it declares', declaredImports, {
  'one undeclared, and one unused': {
    tree: {
      'packages/core/package.json': '{ "name": "@chaveiro/core", "dependencies": { "unused": "catalog:" } }',
      'packages/core/src/a.ts': "import { x } from '@scope/undeclared/entry'\nimport 'node:fs'",
    },
    says: [
      'packages/core imports @scope/undeclared and does not declare it.',
      'packages/core declares unused and does not import it.',
    ],
  },
  'a command that does not declare what a package in its bundle imports': {
    tree: {
      ...core,
      'packages/core/package.json': '{ "name": "@chaveiro/core", "dependencies": { "needed": "catalog:" } }',
      'packages/core/src/a.ts': "import { x } from 'needed'",
      'packages/cli/package.json': '{ "name": "chaveiro", "devDependencies": { "@chaveiro/core": "workspace:^" } }',
      'packages/cli/src/a.ts': "import { y } from '@chaveiro/core'",
      'packages/extra/src/a.ts': "import { z } from 'of-a-package-that-the-command-does-not-carry'",
    },
    says: ['packages/cli imports needed and does not declare it.'],
  },
})

prove('what may have to be replaced is known to one module', soleImporters, {
  'a second one': {
    tree: { 'packages/core/src/kit/other.ts': "import createClient from 'openapi-fetch'" },
    says: [
      'packages/core/src/kit/other.ts imports openapi-fetch. Only packages/core/src/kit/typed-client.ts and packages/simulator/src/client.ts may.',
    ],
  },
})

prove('what is published runs everywhere, except where it says otherwise', platforms, {
  'a built-in module in the core': {
    tree: { 'packages/core/src/a.ts': "import { readFile } from 'node:fs/promises'" },
    says: ['packages/core/src/a.ts imports node:fs/promises, which only Node has.'],
  },
})

prove('no built-in class is asked for by instanceof', noBuiltInInstanceof, {
  'an error of another realm that instanceof misses; a class of our own, and a test': {
    tree: {
      'packages/core/src/a.ts': 'if (error instanceof TypeError || url instanceof globalThis.URL) retry()',
      'packages/core/src/b.ts': 'if (error instanceof ChaveiroError) retry()',
      'packages/core/test/a.test.ts': 'expect(error instanceof Error)',
    },
    says: [
      'packages/core/src/a.ts asks for instanceof TypeError, which is false for a value of another realm.',
      'packages/core/src/a.ts asks for instanceof URL, which is false for a value of another realm.',
    ],
  },
})

prove('the core names no provider', namelessCore, {
  'a special case': {
    tree: { ...spec, 'packages/core/src/a.ts': "// as acme does\nif (id === 'acme') retry()" },
    says: ['packages/core/src/a.ts names acme. The core knows no provider.'],
  },
})

prove('the simulator knows no lifecycle', lifelessSimulator, {
  'a document that still has one': {
    tree: { 'packages/simulator/src/generated/acme.ts': "export const document = { 'x-token-lifecycle': {} }" },
    says: ['packages/simulator/src/generated/acme.ts contains a lifecycle. Only its document may reach the simulator.'],
  },
})

prove("the core's tests run on every platform, or are listed with the reason", portableTests, {
  'one that needs a server through its support, beside a listed one': {
    tree: {
      'packages/core/test/http/servers.test.ts': "import { serve } from '../support/serve.ts'\n",
      'packages/core/test/http/listed.test.ts': "import { serve } from '../support/serve.ts'\n",
      'packages/core/test/http/waits.test.ts': "import { setImmediate } from 'node:timers/promises'\n",
      'packages/core/test/http/steers.test.ts': "import { controlOf } from '@chaveiro/test-servers/control'\n",
      'packages/core/test/http/tls.test.ts': "import { makeCertificate } from '@chaveiro/test-servers'\n",
      'packages/core/test/support/serve.ts':
        "import { createServer } from 'node:http'\nimport { connect } from 'node:net'\n",
      'tests/runtimes/test/portable-tests.ts': "const NODE_ONLY = { 'http/listed.test.ts': 'needs an HTTP server' }\n",
    },
    says: [
      'packages/core/test/http/servers.test.ts imports node:http and node:net, which only Node has. Add http/servers.test.ts to tests/runtimes/test/portable-tests.ts, with the reason.',
      'packages/core/test/http/tls.test.ts imports @chaveiro/test-servers, which only Node has. Add http/tls.test.ts to tests/runtimes/test/portable-tests.ts, with the reason.',
    ],
  },
})
