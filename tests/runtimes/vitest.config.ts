import { defineConfig } from 'vitest/config'

// Apart from the ordinary tests, because it installs other runtimes: `npx --yes pnpm@12.21.0 test:runtimes`.
export default defineConfig({
  resolve: { conditions: ['@chaveiro/source', 'node'] },
  ssr: { resolve: { conditions: ['@chaveiro/source', 'node'] } },
  test: {
    name: 'runtimes',
    root: import.meta.dirname,
    include: ['test/*.test.ts'],
    globalSetup: ['test/prepare.ts'],
    // A whole suite each. A machine that is busy takes any time for it; scripts/run.mjs ends what hangs.
    testTimeout: 900_000,
    // The runtimes share two cores at best, and most of them wait most of the time.
    maxConcurrency: 3,
    reporters: ['default', ['../../scripts/closing-line.ts', { keep: false }]],
  },
})
