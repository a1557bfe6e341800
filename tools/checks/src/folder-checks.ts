import type { Check } from './check.ts'
import { turboCheck } from './turbo.ts'
import type { Workspace } from './workspaces.ts'

// Some checks run these tools, on which the workspaces don't depend.
const TOOLS = ['--filter=@chaveiro/codegen', '--filter=@chaveiro/reference']

/**
 * What has to hold in some workspaces, quick checks first. Types and unused code are looked for everywhere: a change may
 * break another package, and another package may be the only one that uses an export.
 */
export function folderChecks(workspaces: readonly Workspace[]): readonly Check[] {
  const folders = workspaces.map(({ folder }) => folder)
  const published = folders.filter((folder) => folder.startsWith('packages/'))
  const tested = workspaces.filter(({ tests }) => tests === 'ordinary')
  const checks: readonly (Check | false)[] = [
    { name: 'lint', command: ['biome', 'ci', '--colors=off', ...folders], needs: [] },
    turboCheck('build', [], 'build', ...TOOLS, ...workspaces.map(({ name }) => `--filter=${name}...`)),
    { name: 'lint:types', command: ['oxlint', '--type-aware', '--deny-warnings', ...folders], needs: [] },
    { name: 'lint:unused', command: ['knip'], needs: [] },
    workspaces.some(({ generated }) => generated) && {
      name: 'generate --check',
      command: ['node', 'tools/codegen/dist/main.js', 'generate', '--check'],
      needs: ['build'],
    },
    { name: 'typecheck', command: ['tsc', '-b'], needs: ['build'] },
    published.length > 0 && {
      name: 'lint:surface',
      command: ['node', 'tools/reference/dist/main.js', 'surface', '--check', ...published],
      needs: ['build'],
    },
    tested.length > 0 && {
      name: 'tests',
      command: ['vitest', 'run', ...tested.flatMap(({ folder }) => ['--project', folder])],
      needs: ['build'],
    },
  ]
  return checks.filter((check) => check !== false)
}
