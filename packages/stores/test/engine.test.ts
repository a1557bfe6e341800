import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { storeUnsealed } from '@chaveiro/core'
import { fileStore } from '@chaveiro/stores/file'
import { createSealer, generateKey } from '@chaveiro/stores/sealer'
import { describe, expect, it } from 'vitest'
import { recordFolder } from '../src/file/record-folder.ts'
import { collect } from './support/collect.ts'
import { errorOf } from './support/error-of.ts'
import { testSealer } from './support/seal.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'
import { tokenWorld } from './support/token-world.ts'

/** The file of the only record that is not in `others`. */
async function pathOfNew(directory: string, others: readonly string[] = []): Promise<string> {
  const [key] = (await collect(fileStore({ directory }).keys())).filter((name) => !others.includes(name))
  return join(recordFolder(directory, key ?? ''), 'record.json')
}

describe('a manager on a sealed store', () => {
  it('leaves its token to the next process, which calls nobody', async () => {
    const directory = temporaryDirectory()
    const world = tokenWorld()
    await using first = world.manager(fileStore({ directory, sealer: testSealer }))
    await using second = world.manager(fileStore({ directory, sealer: testSealer }))
    expect((await first.account('seller').getToken()).reveal()).toBe('access-1')
    expect((await second.account('seller').getToken()).reveal()).toBe('access-1')
    expect(world.calls).toEqual(['acquire'])
    expect(await readFile(await pathOfNew(directory), 'utf8')).not.toContain('access-1')
  })

  const damages: Readonly<Record<string, (text: string) => string>> = {
    torn: (text) => text.slice(0, text.length / 2),
    'of zero bytes': () => '',
    'not what the sealer wrote': (text) => text.replace(/cs1\.test\.[\w-]+/, 'plain'),
    'changed in one place': (text) => text.replace(/(cs1\.test\.[\w-]{40})[\w-]{4}/, '$1AAAA'),
  }

  it.each(Object.entries(damages))(
    'a record that is %s is an error and stays; seed() and end() replace it [RP10]',
    async (_, damage) => {
      const directory = temporaryDirectory()
      const world = tokenWorld()
      const open = () => fileStore({ directory, sealer: testSealer })
      await using before = world.manager(open())
      await before.account('seller').getToken()
      const path = await pathOfNew(directory)
      const damaged = damage(await readFile(path, 'utf8'))
      await writeFile(path, damaged)

      await using manager = world.manager(open())
      const error = await errorOf(manager.account('seller').getToken())
      expect(error).toMatchObject({
        code: 'store',
        message: expect.stringContaining('none of the keys given can open it'),
      })
      expect(await readFile(path, 'utf8')).toBe(damaged)
      expect(world.calls).toEqual(['acquire'])

      await manager.account('seller').seed({ accessToken: 'seeded', expiresAt: Date.now() + 3_600_000 })
      await using next = world.manager(open())
      expect((await next.account('seller').getToken()).reveal()).toBe('seeded')
      await writeFile(path, damaged)
      await using last = world.manager(open())
      await last.account('seller').end({ revoke: 'skip' })
      expect(await collect(open().keys())).toEqual([])
    },
  )

  it("a record moved to another account's place is not served there [RP12]", async () => {
    const directory = temporaryDirectory()
    const world = tokenWorld()
    await using manager = world.manager(fileStore({ directory, sealer: testSealer }))
    await manager.account('rich').getToken()
    const rich = await pathOfNew(directory)
    const known = await collect(fileStore({ directory }).keys())
    await manager.account('poor').getToken()
    await copyFile(rich, await pathOfNew(directory, known))
    await using thief = world.manager(fileStore({ directory, sealer: testSealer }))
    expect(await errorOf(thief.account('poor').getToken())).toMatchObject({ code: 'store' })
  })

  it('opens with the old key, and a refresh seals with the new one [RP13]', async () => {
    const directory = temporaryDirectory()
    const world = tokenWorld()
    const keys = [
      { id: 'new', key: generateKey() },
      { id: 'old', key: generateKey() },
    ]
    const old = createSealer({ keys: keys.slice(1) })
    await using before = world.manager(fileStore({ directory, sealer: old }))
    await before.account('seller').getToken()
    const path = await pathOfNew(directory)
    expect(await readFile(path, 'utf8')).toContain('cs1.old.')

    await using after = world.manager(fileStore({ directory, sealer: createSealer({ keys }) }))
    const token = await after.account('seller').getToken()
    expect(token.reveal()).toBe('access-1')
    expect((await after.account('seller').getToken({ newerThan: token })).reveal()).toBe('access-2')
    expect(world.calls).toEqual(['acquire', 'refresh'])
    expect(await readFile(path, 'utf8')).toContain('cs1.new.')
  })

  it('that no key opens is an error, and the record is kept [RP14]', async () => {
    const directory = temporaryDirectory()
    const world = tokenWorld()
    await using before = world.manager(fileStore({ directory, sealer: testSealer }))
    await before.account('seller').getToken()
    const path = await pathOfNew(directory)
    const kept = await readFile(path, 'utf8')
    const stranger = createSealer({ keys: [{ id: 'test', key: generateKey() }] })
    await using after = world.manager(fileStore({ directory, sealer: stranger }))
    expect(await errorOf(after.account('seller').getToken())).toMatchObject({ code: 'store' })
    expect(await readFile(path, 'utf8')).toBe(kept)
    expect(world.calls).toEqual(['acquire'])
  })
})

it('a manager refuses a durable store without a sealer, unless it is told that this is meant', async () => {
  const store = fileStore({ directory: temporaryDirectory() })
  expect(() => tokenWorld().manager(store)).toThrow(TypeError)
  await using manager = tokenWorld().manager(store, { [storeUnsealed]: true })
  expect((await manager.account('seller').getToken()).reveal()).toBe('access-1')
})

it('fields that a newer version wrote survive a refresh [RP11]', async () => {
  const directory = temporaryDirectory()
  const world = tokenWorld()
  const store = fileStore({ directory, sealer: testSealer })
  await using before = world.manager(store)
  await before.account('seller').getToken()
  const [key = ''] = await collect(store.keys())
  const found = await store.read(key)
  const record = { ...JSON.parse(found?.value ?? ''), ofTheFuture: { kept: true } }
  await store.commit(key, JSON.stringify(record), found?.version ?? null)
  await using after = world.manager(store)
  const token = await after.account('seller').getToken()
  await after.account('seller').getToken({ newerThan: token })
  expect(world.calls).toEqual(['acquire', 'refresh'])
  expect(JSON.parse((await store.read(key))?.value ?? '')).toMatchObject({ ofTheFuture: { kept: true } })
})

it('a login that replaced a deleted record stands, whatever a late flight brings [MP23]', async () => {
  const directory = temporaryDirectory()
  const open = () => fileStore({ directory, sealer: testSealer })
  const peer = tokenWorld()
  const late = tokenWorld(async () => {
    // While this one's answer is on its way, somebody signs the account out and in again.
    await using other = peer.manager(open())
    await other.account('seller').end({ revoke: 'skip' })
    await other.account('seller').seed({ accessToken: 'signed-in-anew', expiresAt: Date.now() + 3_600_000 })
  })
  await using manager = late.manager(open())
  expect((await manager.account('seller').getToken()).reveal()).toBe('signed-in-anew')
  await using reader = peer.manager(open())
  expect((await reader.account('seller').getToken()).reveal()).toBe('signed-in-anew')
})
