import { defineConfig } from 'vitest/config'

// Apart from the other tests of the packages, because it installs frameworks and builds with them: minutes, most of them
// Next.js. `npx --yes pnpm@12.21.0 test:frameworks`.
export default defineConfig({
  resolve: { conditions: ['@chaveiro/source', 'node'] },
  ssr: { resolve: { conditions: ['@chaveiro/source', 'node'] } },
  test: {
    name: 'frameworks',
    root: import.meta.dirname,
    include: ['test-frameworks/**/*.test.ts'],
    globalSetup: ['test-frameworks/install-frameworks.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Each build takes a core for itself.
    fileParallelism: false,
    reporters: ['default', ['../../scripts/closing-line.ts', { keep: false }]],
  },
})
