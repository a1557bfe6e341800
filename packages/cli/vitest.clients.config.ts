import { defineConfig } from 'vitest/config'

// Apart from the other tests of the command, because the compiler that it needs has half a gigabyte.
// `npx --yes pnpm@12.21.0 test:clients`.
export default defineConfig({
  resolve: { conditions: ['@chaveiro/source', 'node'] },
  ssr: { resolve: { conditions: ['@chaveiro/source', 'node'] } },
  test: {
    name: 'clients',
    root: import.meta.dirname,
    include: ['test/clients/*.ts'],
    testTimeout: 300_000,
    reporters: ['default', ['../../scripts/closing-line.ts', { keep: false }]],
  },
})
