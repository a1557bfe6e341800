import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { git } from '../../../codegen/src/spec-diff/git.ts'

/**
 * The newest commit whose subject nothing checks: the rule holds for every commit that is not in its history. If the history
 * is rewritten, put the full id of the commit that takes its place here.
 */
export const CHECKED_SINCE = '20ee796140ba065e7aff7132a0166e78fc8a6f6e'

const MOST = 72

// GitHub makes this one for each run on a pull request. It is in no branch, and its two ids alone are longer than a subject.
const TEST_MERGE = /^Merge [0-9a-f]{40} into [0-9a-f]{40}$/

/** What the history shows: subjects that are too long, or why they can't be read. */
export type Findings =
  | { readonly kind: 'read'; readonly tooLong: readonly string[] }
  | { readonly kind: 'no-commits' | 'shallow' | 'no-base'; readonly why: string }

/** Reads the subjects of the commits that HEAD has and the base doesn't, merges included. */
export function subjectsSince(root: string, base: string): Findings {
  if (!hasCommit(root, 'HEAD')) return { kind: 'no-commits', why: 'There are no commits here.' }
  const cuts = shallowCuts(root)
  const commits = hasCommit(root, base) ? commitsSince(root, base) : undefined
  if (commits === undefined && cuts.length === 0) {
    const why = `This clone has no commit ${base}. Correct CHECKED_SINCE in tools/conventions/test/rules/commit-subjects.ts.`
    return { kind: 'no-base', why }
  }
  if (commits === undefined || commits.some(({ id }) => cuts.includes(id))) {
    const why = `This clone is shallow and lacks commits since ${base}. To fetch them, run: git fetch --unshallow`
    return { kind: 'shallow', why }
  }
  return { kind: 'read', tooLong: commits.flatMap(problemOf) }
}

/**
 * What fails: subjects that are too long, and in CI a base that a whole clone doesn't have, because then nothing would
 * be checked any more. A shallow clone that lacks commits doesn't fail: it can't be checked, and the workflow's clone
 * is complete.
 */
export function failures(findings: Findings, isCi: boolean): readonly string[] {
  if (findings.kind === 'read') return findings.tooLong
  return findings.kind === 'no-base' && isCi ? [findings.why] : []
}

interface Commit {
  readonly id: string
  readonly subject: string
}

function hasCommit(root: string, name: string): boolean {
  return git(root, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`) !== undefined
}

/** The commits whose parents a shallow clone doesn't have. */
function shallowCuts(root: string): readonly string[] {
  const path = resolve(root, git(root, 'rev-parse', '--git-path', 'shallow')?.trim() ?? '')
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
}

function commitsSince(root: string, base: string): readonly Commit[] {
  const log = git(root, 'log', '--no-show-signature', '--encoding=UTF-8', '--format=%H %s', `${base}..HEAD`)
  if (log === undefined) throw new Error(`git can't list the commits since ${base}.`)
  return [...log.matchAll(/^(\w+) (.*)$/gm)].map(([, id = '', subject = '']) => ({ id, subject }))
}

function problemOf({ id, subject }: Commit): readonly string[] {
  // As a reader counts: neither bytes nor code points.
  const length = [...new Intl.Segmenter('en').segment(subject)].length
  if (length <= MOST || TEST_MERGE.test(subject)) return []
  return [`${id.slice(0, 12)} has a subject of ${length} characters, but ${MOST} are the most. Reword it: "${subject}"`]
}
