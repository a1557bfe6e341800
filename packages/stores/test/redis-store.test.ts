import { redisStore } from '@chaveiro/stores/redis'
import { rotateKey } from '@chaveiro/stores/sealer'
import { describeWith, startRedis } from '@chaveiro/test-servers'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { collect } from './support/collect.ts'
import { errorOf } from './support/error-of.ts'
import { type RedisClients, redisClients } from './support/redis-clients.ts'
import { testSealer } from './support/seal.ts'

const newPrefix = (): string => `chaveiro-test-${crypto.randomUUID()}:`

/** A client of a server of this test's own, both gone at its end. */
async function connected(url: string): Promise<Redis> {
  const client = new Redis(url, { maxRetriesPerRequest: 1, retryStrategy: () => null })
  client.on('error', () => {})
  onTestFinished(() => client.disconnect())
  await client.ping()
  return client
}

async function newServer(...options: readonly string[]) {
  const server = await startRedis(...options)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return server
}

describeWith(['redis'], 'the Redis store', () => {
  let clients: RedisClients
  beforeAll(async () => {
    clients = await redisClients()
  })
  afterAll(() => clients[Symbol.asyncDispose]())

  it.each(['nodeRedis', 'nodeRedisPool', 'ioredis'] as const)(
    'goes on with %s when the server has forgotten its script',
    async (name) => {
      const store = redisStore({ client: clients[name], prefix: newPrefix() })
      const one = await store.commit('a', 'one', null)
      await clients.ioredis.script('FLUSH')
      const two = await store.commit('a', 'two', one)
      expect(await store.read('a')).toEqual({ version: two, value: 'two' })
    },
  )

  it('keeps a record under its prefix, with the key as hash tag', async () => {
    const prefix = newPrefix()
    await redisStore({ client: clients.ioredis, prefix }).commit('abc', 'one', null)
    expect(await clients.ioredis.hget(`${prefix}{abc}`, 't')).toBe('one')
  })

  it.each(['nodeRedis', 'nodeRedisPool', 'ioredis'] as const)(
    'lists its own keys with %s, whatever the prefix looks like',
    async (name) => {
      const prefix = `${newPrefix()}*[a]?\\`
      const store = redisStore({ client: clients[name], prefix })
      await redisStore({ client: clients[name], prefix: `${prefix.slice(0, -5)}a` }).commit('foreign', 'x', null)
      const keys = Array.from({ length: 700 }, (_, index) => `key ${index}}`)
      for (const key of keys) await store.commit(key, 'x', null)
      expect(new Set(await collect(store.keys()))).toEqual(new Set(keys))
    },
  )

  it("respects ioredis' own prefix", async () => {
    const client = new Redis(clients.url, { keyPrefix: 'app[1]:' })
    onTestFinished(() => client.disconnect())
    const prefix = newPrefix()
    const store = redisStore({ client, prefix })
    const version = await store.commit('a', 'one', null)
    expect(await clients.ioredis.hget(`app[1]:${prefix}{a}`, 'v')).toBe(version)
    expect(await collect(store.keys())).toEqual(['a'])
  })

  describe('a time to live', () => {
    it('is set by a commit that brings one, and ends with one that brings none', async () => {
      const prefix = newPrefix()
      const store = redisStore({ client: clients.ioredis, sealer: testSealer, prefix })
      const ttl = () => clients.ioredis.pttl(`${prefix}{a}`)
      const one = await store.commit('a', 'one', null)
      expect(await ttl()).toBe(-1)
      const two = await store.commit('a', 'two', one, { ttlMs: 3_600_000.5 })
      expect(await ttl()).toBeGreaterThan(3_500_000)
      expect(await ttl()).toBeLessThanOrEqual(3_600_001)
      // A record whose end is unknown stays, because its refresh token may outlive every guess.
      const three = await store.commit('a', 'three', two)
      expect(await ttl()).toBe(-1)
      await store.commit('a', 'four', three, { ttlMs: Number.MAX_VALUE })
      expect(await ttl()).toBe(-1)
    })

    it('stays as it was when a key is rotated', async () => {
      const prefix = newPrefix()
      const sealer = { ...testSealer, isCurrent: () => false }
      const store = redisStore({ client: clients.ioredis, sealer, prefix })
      await store.commit('a', 'one', null, { ttlMs: 3_600_000 })
      await store.commit('b', 'one', null)
      expect(await rotateKey(store)).toMatchObject({ resealed: 2 })
      expect(await clients.ioredis.pttl(`${prefix}{a}`)).toBeGreaterThan(3_500_000)
      expect(await clients.ioredis.pttl(`${prefix}{b}`)).toBe(-1)
    })

    it.each([0, -1, Number.NaN])('of %d is a TypeError', async (ttlMs) => {
      const store = redisStore({ client: clients.ioredis, prefix: newPrefix() })
      expect(await errorOf(store.commit('a', 'one', null, { ttlMs }))).toBeInstanceOf(TypeError)
    })
  })

  it('takes a commit that its client sent twice, because the first answer was lost, for made', async () => {
    const { ioredis } = clients
    const twice = {
      hmget: (key: string, ...fields: string[]) => ioredis.hmget(key, ...fields),
      eval: (script: string, count: number, ...args: string[]) => ioredis.eval(script, count, ...args),
      async evalsha(sha1: string, count: number, ...args: string[]) {
        await ioredis.evalsha(sha1, count, ...args)
        return ioredis.evalsha(sha1, count, ...args)
      },
    }
    const prefix = newPrefix()
    await redisStore({ client: ioredis, prefix }).commit('warm', 'x', null)
    const store = redisStore({ client: twice, prefix })
    const one = await store.commit('a', 'one', null)
    const two = await store.commit('a', 'two', one)
    expect(await store.read('a')).toEqual({ version: two, value: 'two' })
  })

  it('leaves alone what is not its own, and says so', async () => {
    const prefix = newPrefix()
    await clients.ioredis.set(`${prefix}{a}`, 'of another program')
    const store = redisStore({ client: clients.ioredis, prefix })
    const foreign = { code: 'store', message: expect.stringContaining('choose another prefix (WRONGTYPE)') }
    expect(await errorOf(store.read('a'))).toMatchObject(foreign)
    expect(await errorOf(store.commit('a', 'one', null))).toMatchObject(foreign)
    expect(await clients.ioredis.get(`${prefix}{a}`)).toBe('of another program')
  })

  it('gives a record without a version out as damaged, and lets it be replaced', async () => {
    const prefix = newPrefix()
    await clients.ioredis.hset(`${prefix}{a}`, 't', 'text')
    const store = redisStore({ client: clients.ioredis, prefix })
    expect(await store.read('a')).toEqual({ version: '?', value: undefined })
    expect(await errorOf(store.commit('a', 'one', null))).toMatchObject({ code: 'conflict' })
    await store.commit('a', 'one', '?')
    expect(await store.read('a')).toMatchObject({ value: 'one' })
  })

  it('refuses a client of another shape', () => {
    for (const client of [undefined, null, {}, { get() {} }, 'redis://localhost']) {
      // @ts-expect-error: that is the mistake
      expect(() => redisStore({ client })).toThrow(TypeError)
    }
  })
})

describeWith(['own-redis'], 'a Redis', () => {
  it('ends a read with the reason of its signal, at once, even if the server stands still', async () => {
    const client = await connected((await newServer()).url)
    const store = redisStore({ client })
    const controller = new AbortController()
    const reason = new Error('no patience')
    // The server answers after 30 seconds, or never.
    await client.call('CLIENT', 'PAUSE', '30000', 'ALL')
    const reading = errorOf(store.read('a', { signal: controller.signal }))
    controller.abort(reason)
    expect(await reading).toBe(reason)
    expect(await errorOf(store.read('a', { signal: controller.signal }))).toBe(reason)
  })

  it('that is down is an error of code store, and works again when it is back', async () => {
    const server = await newServer()
    const client = createClient({ url: server.url, disableOfflineQueue: true, socket: { reconnectStrategy: false } })
    client.on('error', () => {})
    await client.connect()
    const store = redisStore({ client })
    await store.commit('a', 'one', null)
    await server.kill()
    for (const error of [await errorOf(store.read('a')), await errorOf(store.commit('a', 'two', null))]) {
      expect(error).toMatchObject({
        code: 'store',
        action: 'retry',
        message: expect.stringMatching(/^Redis could not/),
      })
      expect(JSON.stringify(error)).not.toContain('127.0.0.1')
    }
  })

  it('that may not be written to says why', async () => {
    const server = await newServer('--replicaof', '127.0.0.1', '1', '--replica-serve-stale-data', 'yes')
    const store = redisStore({ client: await connected(server.url) })
    expect(await errorOf(store.commit('a', 'one', null))).toMatchObject({
      code: 'store',
      message: 'Redis could not write the record: this is a replica; connect to the primary (READONLY).',
    })
    const locked = await newServer('--requirepass', 'canary-password')
    const unknown = new Redis(locked.url, { enableReadyCheck: false })
    unknown.on('error', () => {})
    onTestFinished(() => unknown.disconnect())
    expect(await errorOf(redisStore({ client: unknown }).read('a'))).toMatchObject({
      message: 'Redis could not read the record: it wants a password (NOAUTH).',
    })
  })

  it('promoted from a replica that lost the last write lets exactly one of two processes commit [MP21]', async () => {
    const primary = await newServer()
    const replica = await newServer('--replicaof', '127.0.0.1', String(primary.port))
    const [before, after] = [await connected(primary.url), await connected(replica.url)]
    const one = await redisStore({ client: before }).commit('a', 'one', null)
    // Returns when the replica has it.
    expect(await before.wait(1, 10_000)).toBe(1)
    await after.replicaof('NO', 'ONE')
    const lost = await redisStore({ client: before }).commit('a', 'two', one)
    await primary.kill()

    const store = redisStore({ client: after })
    const commits = [store.commit('a', 'after what was lost', lost), store.commit('a', 'after what is there', one)]
    const [loser, winner] = await Promise.allSettled(commits)
    expect(loser).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } })
    expect(winner).toMatchObject({ status: 'fulfilled' })
    // The loser reads again and adopts.
    expect(await store.read('a')).toMatchObject({ value: 'after what is there' })
  })
})
