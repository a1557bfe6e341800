import { redisStore } from '@chaveiro/stores/redis'
import { describeWith, type RunningServer, redisForTests } from '@chaveiro/test-servers'
import { Command, Redis, type RedisOptions } from 'ioredis'
import { BasicClientSideCache, createClient, RESP_TYPES } from 'redis'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { failuresOf } from './support/conforms.ts'
import { errorOf } from './support/error-of.ts'

/** What changes no type of the client. */
type Options = Omit<RedisOptions, 'replyMapping'>

const newPrefix = (): string => `chaveiro-test-${crypto.randomUUID()}:`

describeWith(['redis'], 'Redis, whatever the options of its driver,', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await redisForTests()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  function ioredis(options: Options = {}): Redis {
    const client = new Redis(server.url, options)
    onTestFinished(() => client.disconnect())
    return client
  }

  // Separate functions, so that each client has the type that a user's code has.
  const nodeRedis = (RESP: 2 | 3) => createClient({ url: server.url, RESP })
  async function connected(RESP: 2 | 3): Promise<ReturnType<typeof nodeRedis>> {
    const client = nodeRedis(RESP)
    await client.connect()
    // Waits for answers that no test waits for any more.
    onTestFinished(() => client.close())
    return client
  }

  const IOREDIS: Readonly<Record<string, Options>> = {
    stringNumbers: { stringNumbers: true },
    keyPrefix: { keyPrefix: 'app{1}[x]*:' },
    enableAutoPipelining: { enableAutoPipelining: true },
    RESP2: { protocol: 2 },
    RESP3: { protocol: 3 },
    showFriendlyErrorStack: { showFriendlyErrorStack: true },
    lazyConnect: { lazyConnect: true },
    'commandTimeout and no offline queue': { commandTimeout: 60_000, maxRetriesPerRequest: null },
    'all of them': {
      stringNumbers: true,
      keyPrefix: 'all:',
      enableAutoPipelining: true,
      showFriendlyErrorStack: true,
      lazyConnect: true,
      commandTimeout: 60_000,
    },
  }

  it.each(Object.entries(IOREDIS))('works as a store with %s of ioredis', async (_, options) => {
    const client = ioredis(options)
    const prefix = newPrefix()
    expect(await failuresOf(() => redisStore({ client, prefix }))).toEqual([])
  })

  it('works as a store with the shapes of RESP3 of ioredis', async () => {
    const client = new Redis(server.url, { protocol: 3, replyMapping: 'resp3' })
    onTestFinished(() => client.disconnect())
    const prefix = newPrefix()
    expect(await failuresOf(() => redisStore({ client, prefix }))).toEqual([])
  })

  it('works as a store through a wrapper of ioredis that answers with bytes and bigints', async () => {
    const client = ioredis()
    const wrapped = {
      hmget: (key: string, ...fields: string[]) => client.hmgetBuffer(key, ...fields),
      evalsha: async (...args: Parameters<Redis['evalsha']>) => BigInt(Number(await client.evalsha(...args))),
      eval: async (...args: Parameters<Redis['eval']>) => BigInt(Number(await client.eval(...args))),
      scan: async (cursor: string, match: 'MATCH', pattern: string, count: 'COUNT', size: number) =>
        client.scanBuffer(cursor, match, pattern, count, size),
    }
    const prefix = newPrefix()
    expect(await failuresOf(() => redisStore({ client: wrapped, prefix }))).toEqual([])
  })

  describe.each([2, 3] as const)('works as a store with node-redis over RESP %d', (RESP) => {
    it('as it is', async () => {
      const client = await connected(RESP)
      const prefix = newPrefix()
      expect(await failuresOf(() => redisStore({ client, prefix }))).toEqual([])
    })

    it.each([
      ['bytes for texts', { [RESP_TYPES.BLOB_STRING]: Buffer }],
      ['texts for numbers', { [RESP_TYPES.NUMBER]: String }],
      [
        'bytes for all texts and texts for numbers',
        {
          [RESP_TYPES.BLOB_STRING]: Buffer,
          [RESP_TYPES.SIMPLE_STRING]: Buffer,
          [RESP_TYPES.VERBATIM_STRING]: Buffer,
          [RESP_TYPES.NUMBER]: String,
        },
      ],
    ])('and a typeMapping to %s', async (_, mapping) => {
      const client = (await connected(RESP)).withTypeMapping(mapping)
      const prefix = newPrefix()
      expect(await failuresOf(() => redisStore({ client, prefix }))).toEqual([])
    })
  })

  it('works as a store with a cache in the client', async () => {
    const client = createClient({ url: server.url, RESP: 3, clientSideCache: new BasicClientSideCache() })
    await client.connect()
    onTestFinished(() => client.destroy())
    const prefix = newPrefix()
    expect(await failuresOf(() => redisStore({ client, prefix }))).toEqual([])
  })

  describe('is an error at the first use, never an absent record or a conflict,', () => {
    const error = (sentence: string) => ({
      code: 'store',
      action: 'fix-configuration',
      message: `${sentence}. Give the store a client without reply transformers or other wrappers, and not a pipeline, a multi() or a legacy() client.`,
    })

    it('if a reply transformer of ioredis makes something else of the answer', async () => {
      const client = ioredis()
      Command.setReplyTransformer('hmget', (reply: unknown) => ({ canary: reply }))
      onTestFinished(() => Command.setReplyTransformer('hmget', (reply: unknown) => reply))
      const failure = await errorOf(redisStore({ client }).read('a'))
      expect(failure).toMatchObject(error('The Redis client answered HMGET with an object instead of 2 texts'))
      expect(JSON.stringify(failure)).not.toContain('canary')
    })

    it('if the client is in legacy mode', async () => {
      const legacy: unknown = (await connected(2)).legacy()
      // @ts-expect-error: that is the mistake
      const store = redisStore({ client: legacy })
      expect(await errorOf(store.read('a'))).toMatchObject(
        error('The Redis client answered HMGET with undefined instead of 2 texts'),
      )
    })

    it('if the client is a pipeline of ioredis, or a multi of node-redis', async () => {
      for (const client of [ioredis().pipeline(), (await connected(2)).multi()] as unknown[]) {
        // @ts-expect-error: that is the mistake
        const store = redisStore({ client })
        expect(await errorOf(store.read('a'))).toMatchObject(
          error('The Redis client answered HMGET with an object instead of 2 texts'),
        )
        expect(await errorOf(store.commit('a', 'one', null))).toMatchObject({
          code: 'store',
          action: 'fix-configuration',
        })
      }
    })

    const ODD = [
      undefined,
      null,
      true,
      7,
      {},
      [],
      [null],
      [null, null, null],
      [undefined, undefined],
      ['v', { t: 1 }],
      [1, 2],
    ]
    it.each(ODD)('if HMGET is answered with %j', async (answer) => {
      const client = { hmget: async () => answer, evalsha: async () => 1, eval: async () => 1 }
      expect(await errorOf(redisStore({ client }).read('a'))).toMatchObject({
        code: 'store',
        action: 'fix-configuration',
      })
    })

    it.each([undefined, null, 2, '', 'OK', 'QUEUED', {}, [1], Number.NaN])(
      'if the script is answered with %j',
      async (answer) => {
        const client = { hmget: async () => [null, null], evalsha: async () => answer, eval: async () => answer }
        expect(await errorOf(redisStore({ client }).commit('a', 'one', null))).toMatchObject({
          code: 'store',
          action: 'fix-configuration',
        })
      },
    )

    it.each([
      ['the same cursor again', ['7', []]],
      ['no cursor', [undefined, []]],
      ['no list', ['0', undefined]],
      ['names that are not texts', ['0', [1]]],
      ['something else', 'OK'],
    ])('if SCAN is answered with %s', async (_, answer) => {
      const start = ['7', []]
      const answers = [start, answer]
      const client = {
        hmget: async () => [null, null],
        evalsha: async () => 1,
        eval: async () => 1,
        scan: async () => answers.shift(),
      }
      const keys = redisStore({ client }).keys()[Symbol.asyncIterator]()
      expect(await errorOf(keys.next())).toMatchObject({ code: 'store', action: 'fix-configuration' })
    })
  })

  it.each([1, '1', 1n, true, Buffer.from('1'), new Uint8Array([49])])(
    'takes %o of a script for done',
    async (answer) => {
      const client = { hmget: async () => [null, null], evalsha: async () => answer, eval: async () => answer }
      expect(await redisStore({ client }).commit('a', 'one', null)).toMatch(/^[0-9a-f-]{36}$/)
    },
  )

  it.each([0, '0', 0n, false, Buffer.from('0')])('takes %o of a script for a conflict', async (answer) => {
    const client = { hmget: async () => [null, null], evalsha: async () => answer, eval: async () => answer }
    expect(await errorOf(redisStore({ client }).commit('a', 'one', null))).toMatchObject({ code: 'conflict' })
  })
})
