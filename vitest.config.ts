import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

// Sources of sibling packages are read through the private condition `@chaveiro/source`, so tests need no build. `import`
// and `require` are left to each resolver: named here, they would reach Node too, and `require` would get modules meant
// for `import`.
const conditions = ['@chaveiro/source', 'node']

/** Folders whose tests start processes, servers or compilers. They begin when the quick ones have ended. */
export const SLOW: readonly string[] = [
  'packages/stores',
  'packages/cli',
  'tools/codegen',
  'tools/reference',
  'examples',
]

/** The tests of one folder. `pnpm provider` takes those of two. */
export const project = (root: string) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: root,
    root,
    include: ['test/**/*.test.ts'],
    // One process runs the files of a project one after the other: to start one and load the sources again for each file
    // takes longer than most files do. What vitest replaced is put back after each test.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    globalSetup: root === 'packages/cli' ? [resolve(root, 'test/support/before-all-files.ts')] : [],
    setupFiles: [
      ...(existsSync(`${root}/node_modules/fast-check`) ? [resolve('scripts/repeatable-properties.ts')] : []),
      ...(root === 'packages/cli' ? [resolve(root, 'test/support/resolve-links.ts')] : []),
    ],
    // Far more than anything takes on a machine that has nothing else to do.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { groupOrder: SLOW.includes(root) ? 1 : 0 },
  },
})

/** Whatever has tests. Those with settings of their own are suites by themselves. */
export const roots: readonly string[] = ['packages', 'tools', 'tests', 'bench']
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .concat('examples')
  .filter((root) => existsSync(`${root}/test`) && !existsSync(`${root}/vitest.config.ts`))

export default defineConfig({
  test: {
    projects: roots.map(project),
    // vitest leaves one core free. With two cores that is half of them, and most tests wait more than they compute.
    maxWorkers: '100%',
    reporters: ['default', './scripts/closing-line.ts'],
  },
})
