import { expect, test } from 'vitest'
import { ROOT } from './repository.ts'
import { CHECKED_SINCE, failures, subjectsSince } from './rules/commit-subjects.ts'
import { emptyHistory, shallowClone } from './temporary-history.ts'

const UNKNOWN = 'f'.repeat(40)

const here = subjectsSince(ROOT, CHECKED_SINCE)
if (here.kind !== 'read') process.stderr.write(`The subjects of commits are not checked. ${here.why}\n`)

test('no subject of a commit is too long', () => {
  expect(failures(here, process.env['CI'] === 'true')).toEqual([])
})

test('a subject of 73 characters fails, and one from before the base does not', () => {
  const { root, commit } = emptyHistory()
  const base = commit(`Old ${'x'.repeat(200)}`)
  commit('Short')
  const id = commit('x'.repeat(73)).slice(0, 12)
  commit(`Short again\n\n${'A body may be longer. '.repeat(9)}`)

  const findings = subjectsSince(root, base)
  const sentence = `${id} has a subject of 73 characters, but 72 are the most. Reword it: "${'x'.repeat(73)}"`
  expect(findings).toEqual({ kind: 'read', tooLong: [sentence] })
  expect(failures(findings, false)).toEqual([sentence])
})

test('characters are counted as a reader does, not bytes', () => {
  const { root, commit } = emptyHistory()
  const base = commit('First')
  const characters = ['ã', 'a\u0303', '👩‍🔧']
  for (const character of characters) commit(character.repeat(72))
  expect(subjectsSince(root, base)).toEqual({ kind: 'read', tooLong: [] })

  for (const character of characters) commit(character.repeat(73))
  const sentence = expect.stringContaining('has a subject of 73 characters')
  expect(failures(subjectsSince(root, base), false)).toEqual([sentence, sentence, sentence])
})

test('a subject that goes on in the next line counts as a whole', () => {
  const { root, commit } = emptyHistory()
  const base = commit('First')
  commit(`${'x'.repeat(40)}\n${'y'.repeat(40)}\n\nA body.`)
  expect(failures(subjectsSince(root, base), false)).toEqual([expect.stringContaining('a subject of 81 characters')])
})

test('merges count, and so do the commits that they bring', () => {
  const { root, git, commit } = emptyHistory()
  const base = commit('First')
  git('checkout', '--quiet', '-b', 'side')
  commit(`Side ${'x'.repeat(70)}`)
  git('checkout', '--quiet', 'main')
  git('merge', '--quiet', '--no-ff', `--message=Merge ${'x'.repeat(70)}`, 'side')
  expect(failures(subjectsSince(root, base), false)).toEqual([
    expect.stringContaining('"Merge xxx'),
    expect.stringContaining('"Side xxx'),
  ])
})

test("GitHub's own merge of a pull request, which is in no branch, may be longer", () => {
  const { root, commit } = emptyHistory()
  const base = commit('First')
  const second = commit('Second')
  commit(`Merge ${second} into ${base}`)
  expect(subjectsSince(root, base)).toEqual({ kind: 'read', tooLong: [] })
})

test('a shallow clone that lacks commits says so, and fails nowhere', () => {
  const whole = emptyHistory()
  whole.commit('Old')
  const base = whole.commit('Base')
  whole.commit('x'.repeat(73))
  whole.commit('New')

  const why = `This clone is shallow and lacks commits since ${base}. To fetch them, run: git fetch --unshallow`
  const withoutBase = subjectsSince(shallowClone(whole, 2).root, base)
  expect(withoutBase).toEqual({ kind: 'shallow', why })
  expect(failures(withoutBase, true)).toEqual([])

  const withBase = subjectsSince(shallowClone(whole, 3).root, base)
  expect(failures(withBase, false)).toEqual([expect.stringContaining('a subject of 73 characters')])
})

test('a shallow clone that has the base and lacks commits of a side branch says so', () => {
  const whole = emptyHistory()
  const old = whole.commit('Old')
  const base = whole.commit('Base')
  whole.git('checkout', '--quiet', '-b', 'side', old)
  whole.commit('Side')
  whole.commit('Side again')
  whole.git('checkout', '--quiet', 'main')
  whole.git('merge', '--quiet', '--no-ff', '--message=Merge', 'side')
  expect(subjectsSince(whole.root, base)).toEqual({ kind: 'read', tooLong: [] })
  expect(subjectsSince(shallowClone(whole, 2).root, base)).toMatchObject({ kind: 'shallow' })
})

test('a whole clone without the base says so, and fails in CI', () => {
  const { root, commit } = emptyHistory()
  commit('x'.repeat(73))

  const findings = subjectsSince(root, UNKNOWN)
  const why = `This clone has no commit ${UNKNOWN}. Correct CHECKED_SINCE in tools/conventions/test/rules/commit-subjects.ts.`
  expect(findings).toEqual({ kind: 'no-base', why })
  expect(failures(findings, false)).toEqual([])
  expect(failures(findings, true)).toEqual([why])
})

test('a repository without a commit has nothing to check, in CI neither', () => {
  const findings = subjectsSince(emptyHistory().root, UNKNOWN)
  expect(findings).toEqual({ kind: 'no-commits', why: 'There are no commits here.' })
  expect(failures(findings, true)).toEqual([])
})
