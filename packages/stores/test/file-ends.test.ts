import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isChaveiroError } from '@chaveiro/core'
import type { RotatableStore } from '@chaveiro/stores/sealer'
import { expect, it } from 'vitest'
import { systemFiles } from '../src/file/file-system.ts'
import { openFileStore } from '../src/file/open-file-store.ts'
import { ENDS, recordFolder } from '../src/file/record-folder.ts'
import { collect } from './support/collect.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

const HOUR = 3_600_000

interface World {
  readonly store: RotatableStore
  readonly pass: (ms: number) => void
  readonly hasFolder: (key: string) => boolean
  /** What is noted of records that end. */
  readonly noted: () => readonly string[]
}

/** The store in a folder of its own, on a clock that the test moves. */
function world(): World {
  const directory = temporaryDirectory()
  let now = Date.now()
  const store = openFileStore({ ...systemFiles, now: () => now }, { directory })
  const ends = join(directory, ENDS)
  return {
    store,
    pass(ms) {
      now += ms
    },
    hasFolder: (key) => existsSync(recordFolder(directory, key)),
    noted: () => (existsSync(ends) ? readdirSync(ends) : []),
  }
}

it('a record whose time is over is absent, also in the list, and may begin again', async () => {
  const { store, pass } = world()
  const old = await store.commit('a', 'first', null, { ttlMs: 1_000 })
  expect(await store.read('a')).toEqual({ version: old, value: 'first' })
  pass(1_000)
  expect(await store.read('a')).toBeUndefined()
  expect(await collect(store.keys())).toEqual([])
  for (const next of ['second', null]) {
    const late = await store.commit('a', next, old).catch((error: unknown) => error)
    expect(isChaveiroError(late) && late.code).toBe('conflict')
  }
  await store.commit('a', 'second', null)
  pass(HOUR)
  expect(await store.read('a')).toMatchObject({ value: 'second' })
})

it('the next commit with an end removes what has been over for an hour, finished or not', async () => {
  const { store, pass, hasFolder, noted } = world()
  await store.commit('left', 'x', null, { ttlMs: 1_000 })
  await store.commit('finished', null, await store.commit('finished', 'x', null, { ttlMs: 1_000 }))
  await store.commit('token', 'x', null)
  expect(noted()).toHaveLength(2)
  pass(HOUR)
  await store.commit('early', 'x', null, { ttlMs: 1_000 })
  expect([hasFolder('left'), hasFolder('finished')]).toEqual([true, true])
  pass(1_001)
  await store.commit('late', 'x', null, { ttlMs: 1_000 })
  expect(['left', 'finished', 'token', 'early', 'late'].map(hasFolder)).toEqual([false, false, true, true, true])
  expect(noted()).toHaveLength(2)
  expect(await store.read('token')).toMatchObject({ value: 'x' })
})

it('a record that was given more time, or all, stays', async () => {
  const { store, pass, hasFolder } = world()
  await store.commit('longer', 'y', await store.commit('longer', 'x', null, { ttlMs: 1_000 }), { ttlMs: 3 * HOUR })
  await store.commit('for good', 'y', await store.commit('for good', 'x', null, { ttlMs: 1_000 }))
  await store.commit('again', 'x', null, { ttlMs: 1_000 })
  pass(HOUR)
  await store.commit('again', 'y', null)
  pass(HOUR)
  await store.commit('other', 'x', null, { ttlMs: 1_000 })
  for (const key of ['longer', 'for good', 'again']) {
    expect([key, hasFolder(key), (await store.read(key))?.value]).toEqual([key, true, 'y'])
  }
})

it('many that are over go a few at a time, so that no commit takes long', async () => {
  const { store, pass, noted } = world()
  for (let at = 0; at < 25; at += 1) await store.commit(`over ${at}`, 'x', null, { ttlMs: 1_000 })
  pass(2 * HOUR)
  const left: number[] = []
  for (let at = 0; at < 3; at += 1) {
    await store.commit(`new ${at}`, 'x', null, { ttlMs: 1_000 })
    left.push(noted().length - at - 1)
  }
  expect(left).toEqual([15, 5, 0])
})
