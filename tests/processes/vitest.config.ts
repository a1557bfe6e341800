import { defineConfig } from 'vitest/config'

const conditions = ['@chaveiro/source', 'node']

// Apart from the root's projects: these tests start processes that run what was built, and take minutes.
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: 'tests/processes',
    root: import.meta.dirname,
    include: ['test/**/*.test.ts'],
    // One after the other: the processes of one test are enough for a small machine.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    reporters: ['default', ['../../scripts/closing-line.ts', { keep: false }]],
  },
})
