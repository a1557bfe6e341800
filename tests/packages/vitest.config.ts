import { defineConfig } from 'vitest/config'

// Apart from the ordinary tests, because it packs, installs and bundles: `npx --yes pnpm@12.21.0 test:packages`.
export default defineConfig({
  resolve: { conditions: ['@chaveiro/source', 'node'] },
  ssr: { resolve: { conditions: ['@chaveiro/source', 'node'] } },
  test: {
    name: 'release',
    root: import.meta.dirname,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/pack-and-install.ts'],
    // Compilers and bundlers, on a machine that may be busy.
    testTimeout: 120_000,
    reporters: ['default', ['../../scripts/closing-line.ts', { keep: false }]],
  },
})
