import { defineConfig } from 'vitest/config'

// Apart from the other tests, because the site has to be built, which takes a minute: `npx --yes pnpm@12.21.0 test:site`.
export default defineConfig({
  test: {
    name: 'site',
    root: import.meta.dirname,
    include: ['test-site/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
    reporters: ['default', ['../../scripts/closing-line.ts', { keep: false }]],
  },
})
