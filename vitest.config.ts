import { defineConfig } from 'vitest/config'

// One project per package that has tests; sources of sibling packages are read through the private
// condition `@chaveiro/source`, so tests need no build.
const conditions = ['@chaveiro/source', 'node', 'import', 'default']

const project = (root: string) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name: root, root, include: ['test/**/*.test.ts'], unstubGlobals: true, testTimeout: 20_000 },
})

export default defineConfig({
  test: {
    projects: [
      'packages/core',
      'packages/bitize',
      'packages/simulator',
      'packages/cli',
      'tools/codegen',
      'tools/conventions',
      'examples',
    ].map(project),
    reporters: ['default', './scripts/closing-line.ts'],
  },
})
