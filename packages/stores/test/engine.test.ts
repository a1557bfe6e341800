import { storeUnsealed } from '@chaveiro/core'
import { shared } from '@chaveiro/core/shared'
import { createSealer, generateKey } from '@chaveiro/stores/sealer'
import { expect, it } from 'vitest'
import { collect } from './support/collect.ts'
import { describeGrounds } from './support/describe-grounds.ts'
import { errorOf } from './support/error-of.ts'
import type { Place } from './support/places.ts'
import { testSealer } from './support/seal.ts'
import { tokenWorld } from './support/token-world.ts'

/** The key of the only record that is not among `others`. */
async function keyOfNew(place: Place, others: readonly string[] = []): Promise<string> {
  const [key = ''] = (await collect(place.open().keys())).filter((name) => !others.includes(name))
  return key
}

const damages: Readonly<Record<string, (text: string) => string>> = {
  torn: (text) => text.slice(0, text.length / 2),
  'of zero bytes': () => '',
  'not what the sealer wrote': (text) => text.replace(/cs1\.test\.[\w-]+/, 'plain'),
  'changed in one place': (text) => text.replace(/(cs1\.test\.[\w-]{40})[\w-]{4}/, '$1AAAA'),
}

describeGrounds('a manager and its sealed tokens', (newPlace) => {
  it('leaves its token to the next process, which makes no call', async () => {
    const place = await newPlace()
    const world = tokenWorld()
    await using first = world.manager(place.open(testSealer))
    await using second = world.manager(place.open(testSealer))
    expect((await first.account('seller').getToken()).reveal()).toBe('access-1')
    expect((await second.account('seller').getToken()).reveal()).toBe('access-1')
    expect(world.calls).toEqual(['acquire'])
    expect(await place.raw.read(await keyOfNew(place))).not.toContain('access-1')
  })

  it.each(Object.entries(damages))(
    'a record that is %s is an error and stays; seed() and end() replace it [RP10]',
    async (_, damage) => {
      const place = await newPlace()
      const world = tokenWorld()
      await using before = world.manager(place.open(testSealer))
      await before.account('seller').getToken()
      const key = await keyOfNew(place)
      const damaged = damage(await place.raw.read(key))
      await place.raw.write(key, damaged)

      await using manager = world.manager(place.open(testSealer))
      const error = await errorOf(manager.account('seller').getToken())
      expect(error).toMatchObject({
        code: 'store',
        message: expect.stringContaining('none of the keys given can open it'),
      })
      expect(await place.raw.read(key)).toBe(damaged)
      expect(world.calls).toEqual(['acquire'])

      await manager.account('seller').seed({ accessToken: 'seeded', expiresAt: Date.now() + 3_600_000 })
      await using next = world.manager(place.open(testSealer))
      expect((await next.account('seller').getToken()).reveal()).toBe('seeded')
      await place.raw.write(key, damaged)
      await using last = world.manager(place.open(testSealer))
      await last.account('seller').end({ revoke: 'skip' })
      const ended = await place.open(testSealer).read(key)
      expect(JSON.parse(ended?.value ?? '')).toEqual({
        v: 1,
        lineage: expect.any(String),
        generation: 0,
        ended: true,
      })
    },
  )

  it('a record of a newer engine is an error and stays, for every caller [RP10]', async () => {
    const place = await newPlace()
    const world = tokenWorld()
    const store = place.open(testSealer)
    await using before = world.manager(store)
    await before.account('seller').getToken()
    const key = await keyOfNew(place)
    const found = await store.read(key)
    await store.commit(key, JSON.stringify({ ...JSON.parse(found?.value ?? ''), v: 2 }), found?.version ?? null)
    const newer = await place.raw.read(key)
    await using manager = world.manager(place.open(testSealer))
    expect(await errorOf(manager.account('seller').getToken())).toMatchObject({ code: 'store' })
    expect(await place.raw.read(key)).toBe(newer)
    expect(world.calls).toEqual(['acquire'])
  })

  it("a record moved to another account's place is not served there [RP12]", async () => {
    const place = await newPlace()
    const world = tokenWorld()
    await using manager = world.manager(place.open(testSealer))
    await manager.account('rich').getToken()
    const rich = await keyOfNew(place)
    await manager.account('poor').getToken()
    await place.raw.write(await keyOfNew(place, [rich]), await place.raw.read(rich))
    await using thief = world.manager(place.open(testSealer))
    expect(await errorOf(thief.account('poor').getToken())).toMatchObject({ code: 'store' })
  })

  it('opens with the old key, and a refresh seals with the new one [RP13]', async () => {
    const place = await newPlace()
    const world = tokenWorld()
    const keys = [
      { id: 'new', key: generateKey() },
      { id: 'old', key: generateKey() },
    ]
    await using before = world.manager(place.open(createSealer({ keys: keys.slice(1) })))
    await before.account('seller').getToken()
    const key = await keyOfNew(place)
    expect(await place.raw.read(key)).toContain('cs1.old.')

    await using after = world.manager(place.open(createSealer({ keys })))
    const token = await after.account('seller').getToken()
    expect(token.reveal()).toBe('access-1')
    expect((await after.account('seller').getToken({ newerThan: token })).reveal()).toBe('access-2')
    expect(world.calls).toEqual(['acquire', 'refresh'])
    expect(await place.raw.read(key)).toContain('cs1.new.')
  })

  it('that no key opens is an error, and the record is kept [RP14]', async () => {
    const place = await newPlace()
    const world = tokenWorld()
    await using before = world.manager(place.open(testSealer))
    await before.account('seller').getToken()
    const key = await keyOfNew(place)
    const kept = await place.raw.read(key)
    const stranger = createSealer({ keys: [{ id: 'test', key: generateKey() }] })
    await using after = world.manager(place.open(stranger))
    expect(await errorOf(after.account('seller').getToken())).toMatchObject({ code: 'store' })
    expect(await place.raw.read(key)).toBe(kept)
    expect(world.calls).toEqual(['acquire'])
  })

  it('is refused without a sealer, unless it is told that this is meant', async () => {
    const store = (await newPlace()).open()
    expect(() => tokenWorld().manager(store)).toThrow(TypeError)
    await using manager = tokenWorld().manager(store, { [storeUnsealed]: true })
    expect((await manager.account('seller').getToken()).reveal()).toBe('access-1')
  })

  it('fields that a newer version wrote survive a refresh [RP11]', async () => {
    const place = await newPlace()
    const world = tokenWorld()
    const store = place.open(testSealer)
    await using before = world.manager(store)
    await before.account('seller').getToken()
    const key = await keyOfNew(place)
    const found = await store.read(key)
    const record = { ...JSON.parse(found?.value ?? ''), ofTheFuture: { kept: true } }
    await store.commit(key, JSON.stringify(record), found?.version ?? null)
    await using after = world.manager(place.open(testSealer))
    const token = await after.account('seller').getToken()
    await after.account('seller').getToken({ newerThan: token })
    expect(world.calls).toEqual(['acquire', 'refresh'])
    expect(JSON.parse((await store.read(key))?.value ?? '')).toMatchObject({ ofTheFuture: { kept: true } })
  })

  it('a login that replaced an ended record stands, whatever a late flight brings [MP23]', async () => {
    const place = await newPlace()
    const open = () => place.open(testSealer)
    const peer = tokenWorld()
    const late = tokenWorld(async () => {
      // While this one's answer is in flight, another process signs the account out and in again.
      await using other = peer.manager(open())
      await other.account('seller').end({ revoke: 'skip' })
      await other.account('seller').seed({ accessToken: 'signed-in-again', expiresAt: Date.now() + 3_600_000 })
    })
    await using manager = late.manager(open())
    expect((await manager.account('seller').getToken()).reveal()).toBe('signed-in-again')
    await using reader = peer.manager(open())
    expect((await reader.account('seller').getToken()).reveal()).toBe('signed-in-again')
  })

  it('a token in memory is served without looking at the store', async () => {
    const store = (await newPlace()).open(testSealer)
    let operations = 0
    const counted = shared({
      ...store,
      read: (key, options) => {
        operations += 1
        return store.read(key, options)
      },
      commit: (key, next, expected, options) => {
        operations += 1
        return store.commit(key, next, expected, options)
      },
    })
    await using manager = tokenWorld().manager(counted)
    const source = manager.account('seller')
    await source.getToken()
    const before = operations
    expect(before).toBeGreaterThan(0)
    for (let count = 0; count < 1_000; count += 1) await source.getToken()
    expect(operations).toBe(before)
  })
})
