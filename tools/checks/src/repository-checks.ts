import type { Check } from './check.ts'
import { turboCheck } from './turbo.ts'

/** What is read of turbo.json. */
export interface TurboSettings {
  readonly tasks: { readonly check: { readonly dependsOn: readonly string[] } }
}

// They read sources, so they need not wait.
const NEED_NO_BUILD = new Set(['lint', 'lint:workspace', 'lint:unused', 'lint:types'])

/** Everything that has to hold: what the task `check` of turbo.json lists, in its order; then, if all of it does, the tests. */
export function repositoryChecks({ tasks }: TurboSettings): readonly Check[] {
  const checks = tasks.check.dependsOn.map((task) => {
    const name = task.replace('//#', '')
    return turboCheck(name, NEED_NO_BUILD.has(name) ? [] : ['build'], task, '--only', '--continue=always')
  })
  const all = [turboCheck('build', [], 'build', '--continue=dependencies-successful'), ...checks]
  return [
    ...all,
    {
      name: 'tests',
      command: ['turbo', 'run', '//#vitest', '--log-order=stream', '--log-prefix=none'],
      needs: all.map(({ name }) => name),
      shown: true,
    },
  ]
}
