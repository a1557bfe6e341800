import { isChaveiroError } from '@chaveiro/core'
import type { RotatableStore } from '@chaveiro/stores/sealer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openFileStore } from '../src/file/open-file-store.ts'
import { type Disk, emptyDisk, intercepted, memoryFileSystem } from './support/memory-file-system.ts'

const KEY = 'a'.repeat(64)

/** A store of a process of its own, in which something happens before each step. */
function processOn(disk: Disk, before: (step: number) => Promise<void> = async () => {}): RotatableStore {
  let steps = 0
  const system = intercepted(memoryFileSystem(disk), () => {
    steps += 1
    return before(steps)
  })
  return openFileStore(system, { directory: '/tokens', leftoverAgeMs: Number.POSITIVE_INFINITY })
}

/** Kills the process before a step: that one and all later ones fail. */
const killedBefore = (last: number) => async (step: number) => {
  if (step >= last) throw new Error('killed')
}

/** A commit that went through: what it replaced, and by what. */
interface Commit {
  readonly expect: string | null
  readonly version: string
  readonly text: string | null
}

/** Commits what was read last, or a little later; gives the commit if it went through. */
async function tryCommit(store: RotatableStore, text: string | null): Promise<Commit | 'conflict' | 'failed'> {
  try {
    const expected = (await store.read(KEY))?.version ?? null
    return { expect: expected, version: await store.commit(KEY, text, expected), text }
  } catch (error) {
    return isChaveiroError(error) && error.code === 'conflict' ? 'conflict' : 'failed'
  }
}

async function commitAtLast(store: RotatableStore, text: string | null): Promise<Commit> {
  for (let left = 5; left > 0; left -= 1) {
    const commit = await tryCommit(store, text)
    if (typeof commit === 'object') return commit
  }
  throw new Error('The record never agreed with what was read.')
}

describe('a commit to the file store', () => {
  const changes = [
    ['a replacement', 'before', 'after'],
    ['a deletion', 'before', null],
    ['a creation', null, 'after'],
  ] as const

  it.each(changes)(
    'killed at any step leaves %s done or not done, and others go on [MP17]',
    async (_, before, after) => {
      let isOver = false
      for (let step = 1; !isOver; step += 1) {
        const disk = emptyDisk()
        const survivor = processOn(disk)
        const version = before === null ? null : await survivor.commit(KEY, before, null)
        isOver = await processOn(disk, killedBefore(step))
          .commit(KEY, after, version)
          .then(
            () => true,
            () => false,
          )
        expect([isOver ? after : before, after]).toContain((await survivor.read(KEY))?.value ?? null)
        const next = await commitAtLast(survivor, 'next')
        expect(await survivor.read(KEY)).toEqual({ version: next.version, value: 'next' })
        await expect(survivor.commit(KEY, 'late', version)).rejects.toMatchObject({ code: 'conflict' })
      }
    },
  )

  it.each(changes)(
    'that stands still at any step while others commit is %s or a conflict',
    async (_, before, after) => {
      let isOver = false
      for (let step = 1; !isOver; step += 1) {
        const disk = emptyDisk()
        const other = processOn(disk)
        const version = before === null ? null : await other.commit(KEY, before, null)
        const others: Commit[] = []
        isOver = true
        const slow = processOn(disk, async (now) => {
          if (now !== step) return
          isOver = false
          others.push(await commitAtLast(other, 'one'), await commitAtLast(other, 'two'))
        })
        const end = await slow.commit(KEY, after, version).catch((error: unknown) => error)
        const isWon = typeof end === 'string'
        expect(isWon ? { code: 'conflict' } : end).toMatchObject({ code: 'conflict' })
        if (isOver) break
        // Exactly one commit replaced that version, and what came last stands.
        expect(others.filter((commit) => commit.expect === version).length + (isWon ? 1 : 0)).toBe(1)
        expect(await other.read(KEY)).toEqual({ version: others.at(-1)?.version, value: 'two' })
        await commitAtLast(other, 'next')
      }
    },
  )

  it('replaces every version at most once, in whatever order the steps of many processes come', async () => {
    const texts = fc.array(fc.constantFrom('one', 'two', 'three', null), { minLength: 1, maxLength: 3 })
    const processes = fc.array(fc.record({ texts, lastStep: fc.integer({ min: 1, max: 120 }) }), {
      minLength: 2,
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), processes, async (scheduler, plans) => {
        const disk = emptyDisk()
        const commits: Commit[] = []
        let unknown = 0
        const work = plans.map(async (plan, index) => {
          // The first process is never killed.
          const kill = killedBefore(index === 0 ? Number.POSITIVE_INFINITY : plan.lastStep)
          const store = processOn(disk, async (step) => {
            await kill(step)
            await scheduler.schedule(Promise.resolve(), `process ${index}`)
          })
          for (const text of plan.texts) {
            const commit = await tryCommit(store, text)
            if (typeof commit === 'object') commits.push(commit)
            if (commit === 'failed') unknown += 1
          }
        })
        await scheduler.waitFor(Promise.all(work))

        const replaced = commits.flatMap(({ expect: version }) => (version === null ? [] : [version]))
        expect(new Set(replaced).size).toBe(replaced.length)
        const made = new Set(commits.map(({ version }) => version))
        const ofTheKilled = replaced.filter((version) => !made.has(version))
        expect(ofTheKilled.length).toBeLessThanOrEqual(unknown)
        // The current record was written by one process and replaced by none, and the next commit succeeds.
        const now = await processOn(disk).read(KEY)
        expect(now !== undefined && replaced.includes(now.version)).toBe(false)
        expect(now === undefined || made.has(now.version) || unknown > 0).toBe(true)
        await commitAtLast(processOn(disk), 'last')
      }),
      { numRuns: 300 },
    )
  })

  it('that competes with others for one version has won only if no other has, in whatever order steps come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const disk = emptyDisk()
        const version = await processOn(disk).commit(KEY, 'start', null)
        const contenders = ['one', 'two', 'three', 'four'].map((text) => {
          const store = processOn(disk, () => scheduler.schedule(Promise.resolve(), text))
          return store.commit(KEY, text, version)
        })
        const ends = await scheduler.waitFor(Promise.allSettled(contenders))
        expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
        await commitAtLast(processOn(disk), 'last')
      }),
      { numRuns: 1_000 },
    )
  })
})
