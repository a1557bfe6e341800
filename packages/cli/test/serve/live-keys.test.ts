import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { FakeClock } from '@chaveiro/core/testing'
import { expect, it } from 'vitest'
import { serve as texts } from '../../src/messages/serve.en.ts'
import { newKeyRecord, withKey, withoutKey } from '../../src/serve/keys/edit-keys.ts'
import { ownKeyFile } from '../../src/serve/keys/key-file.ts'
import { liveKeys } from '../../src/serve/keys/live-keys.ts'
import { newFolder } from './support/folder.ts'

async function scene() {
  const clock = new FakeClock()
  const path = join(newFolder(), 'serve-keys.json')
  const place = ownKeyFile(path, texts)
  const events: string[] = []
  let reads = 0
  let wake = (): void => {}
  const wish = { allow: ['bitize/*'], doors: [], rate: undefined, endsAt: undefined }
  const add = async (name: string): Promise<string> => {
    const { record } = newKeyRecord({ name, ...wish }, clock.now(), texts)
    await place.change((document) => withKey(document, record, texts))
    return record.id
  }
  const revoke = (id: string, isCut: boolean): Promise<void> =>
    place.change((document) =>
      withoutKey(document, { ...newKeyRecord({ name: id, ...wish }, 0, texts).record, id }, 0, isCut),
    )
  const firstId = await add('first')
  const keys = await liveKeys(place, clock, {
    read: () => {
      reads += 1
      wake()
    },
    cut: (id) => void events.push(`cut ${id}`),
    failed: (message) => {
      events.push(message)
      wake()
    },
  })
  /** Lets that much time pass, and waits for one more reading, or for its failure. */
  const after = async (ms: number): Promise<void> => {
    const told = new Promise<void>((resolve) => {
      wake = resolve
    })
    await clock.advance(ms)
    await told
    await clock.whenPending(1)
  }
  return { clock, path, place, events, keys, add, revoke, firstId, after, reads: () => reads }
}

it('a key that is added or revoked is known 2 s later, without a restart', async () => {
  const { keys, add, revoke, firstId, after, events } = await scene()
  const second = await add('second')
  expect([...(await keys.current()).keys()]).toEqual([firstId])
  await after(2_000)
  expect([...(await keys.current()).keys()]).toEqual([firstId, second])
  await revoke(firstId, false)
  await after(2_000)
  expect([...(await keys.current()).keys()]).toEqual([second])
  expect(events).toEqual([])
  await keys.close()
})

it('a key that is revoked with its requests is reported once', async () => {
  const { keys, revoke, firstId, after, events } = await scene()
  await revoke(firstId, true)
  await after(2_000)
  await after(2_000)
  expect(events).toEqual([`cut ${firstId}`])
  await keys.close()
})

it('keys that can’t be read any more count for 5 s, and then none does', async () => {
  const { clock, path, keys, after, events } = await scene()
  chmodSync(path, 0o644)
  await after(2_000)
  expect((await keys.current()).size).toBe(1)
  await clock.advance(3_001)
  await expect(keys.current()).rejects.toMatchObject({ code: 'store' })
  expect(events).toEqual([expect.stringContaining('too much access')])
  chmodSync(path, 0o600)
  expect((await keys.current()).size).toBe(1)
  await keys.close()
})

it('keys that can’t be read at the start are an error', async () => {
  const path = join(newFolder(), 'serve-keys.json')
  const place = ownKeyFile(path, texts)
  await place.change((document) => document)
  chmodSync(path, 0o640)
  const events = { read: () => {}, cut: () => {}, failed: () => {} }
  await expect(liveKeys(place, new FakeClock(), events)).rejects.toMatchObject({ code: 'store' })
})

it('the last use of a key is written at once, then once a minute, and at the end', async () => {
  const { clock, place, keys, firstId } = await scene()
  const start = clock.now()
  const read = (): Promise<number | undefined> | undefined => place.uses?.read(firstId)
  keys.used(firstId)
  await clock.advance(30_000)
  keys.used(firstId)
  await clock.advance(30_000)
  keys.used(firstId)
  await clock.advance(10_000)
  keys.used(firstId)
  await keys.close()
  expect(await read()).toBe(start + 70_000)
})

it('nothing is read after the end', async () => {
  const { clock, keys, reads } = await scene()
  await keys.close()
  expect(clock.pending).toBe(0)
  expect(reads()).toBe(1)
})
