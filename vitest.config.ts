import { defineConfig } from 'vitest/config'

// One project per package that has tests; sources of sibling packages are read through the private
// condition `@chaveiro/source`, so tests need no build. `import` and `require` are left to whoever resolves: named here,
// Node would be told so too, and `require` would get modules meant for `import`.
const conditions = ['@chaveiro/source', 'node']

const project = (root: string) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: root,
    root,
    include: ['test/**/*.test.ts'],
    unstubGlobals: true,
    testTimeout: 20_000,
    // Loading Redocly anew for each file takes longer than the generator's tests do; they leave nothing behind.
    isolate: root !== 'tools/codegen',
  },
})

export default defineConfig({
  test: {
    projects: [
      'packages/core',
      'packages/bitize',
      'packages/assine-online',
      'packages/genpag',
      'packages/simulator',
      'packages/stores',
      'packages/cli',
      'tools/codegen',
      'tools/conventions',
      'examples',
    ].map(project),
    reporters: ['default', './scripts/closing-line.ts'],
  },
})
