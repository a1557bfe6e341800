import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import settings, { project, roots, SLOW } from './vitest.config.ts'

// What looks at the repository itself, and loads none of the packages.
const CONVENTIONS = 'tools/conventions'
const quick = roots.filter((root) => !SLOW.includes(root) && root !== CONVENTIONS)

/**
 * The tests of several folders in the same processes, which load and compile the packages once, and not once for each
 * folder: for most folders that takes longer than their tests do.
 */
function together(name: string, folders: readonly string[]) {
  const { test, ...sources } = project('.')
  const include = folders.map((folder) => `${folder}/test/**/*.test.ts`)
  const setupFiles = [resolve('scripts/repeatable-properties.ts')]
  return { ...sources, test: { ...test, name, include, setupFiles } }
}

/** What the README's test command runs. A folder alone is a project of vitest.config.ts. */
export default defineConfig({
  test: {
    ...settings.test,
    projects: [together('quick', quick), project(CONVENTIONS), ...SLOW.map(project)],
  },
})
