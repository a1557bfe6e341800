import { redisStore } from '@chaveiro/stores/redis'
import { createSealer, generateKey, keyFromText } from '@chaveiro/stores/sealer'
import { describeWith, redisForTests } from '@chaveiro/test-servers'
import { createClient } from 'redis'
import { expect, it, onTestFinished } from 'vitest'
import { type BitizeServer, bitizeServer } from './support/bitize-server.ts'
import { type LambdaProcess, lambdaFunction } from './support/lambda-function.ts'

/** As API Gateway sends it, without what the handler doesn't read. */
const SHOP = {
  version: '2.0',
  routeKey: 'GET /vendors',
  rawPath: '/vendors',
  rawQueryString: '',
  requestContext: { authorizer: { jwt: { claims: { sub: 'shop' }, scopes: null } } },
}

interface Scene {
  readonly bitize: BitizeServer
  readonly start: () => LambdaProcess
  /** The store of the function's processes. */
  readonly store: ReturnType<typeof redisStore>
}

async function scene(): Promise<Scene> {
  const redis = await redisForTests()
  onTestFinished(() => redis[Symbol.asyncDispose]())
  const bitize = await bitizeServer()
  const sealingKey = generateKey()
  const { consumerKey, secretKey } = bitize.simulator.credentials
  const client = await createClient({ url: redis.url }).connect()
  onTestFinished(() => client.close())
  const prefix = `chaveiro-test-${crypto.randomUUID()}:`
  const start = await lambdaFunction({
    REDIS_URL: redis.url,
    REDIS_PREFIX: prefix,
    SEALING_KEY: sealingKey,
    BITIZE_SERVER: bitize.url.href,
    CONSUMER_KEY: consumerKey,
    SECRET_KEY: secretKey,
  })
  const sealer = createSealer({ keys: [{ id: 'test', key: keyFromText(sealingKey) }] })
  return { bitize, start, store: redisStore({ client, sealer, prefix }) }
}

describeWith(['redis'], 'a Lambda function with a manager for each request', () => {
  it('makes one token call for forty requests in four processes', async () => {
    const { bitize, start } = await scene()
    const processes = Array.from({ length: 4 }, start)
    const statuses = processes.map(async (one) => {
      const answered: number[] = []
      for (let count = 0; count < 10; count += 1) answered.push((await one.invoke(SHOP)).statusCode)
      return answered
    })
    expect((await Promise.all(statuses)).flat()).toEqual(Array(40).fill(200))
    expect(bitize.simulator.count('listVendors')).toBe(40)
    expect(bitize.tokenCalls()).toBe(1)
  })

  it('refreshes before it answers, so that nothing is under way when it is frozen', async () => {
    const { bitize, start, store } = await scene()
    await bitize.obtainLongAgo('shop', store)
    const before = bitize.simulator.requests.length
    const [one, two] = [start(), start()]
    expect((await one.invoke(SHOP)).statusCode).toBe(200)
    const operations = bitize.simulator.requests.slice(before).map(({ operation }) => operation)
    expect(operations).toEqual(['refreshAccessToken', 'listVendors'])
    // The first one stays frozen, and the other one has its token.
    expect((await two.invoke(SHOP)).statusCode).toBe(200)
    expect((await one.invoke(SHOP)).statusCode).toBe(200)
    expect(bitize.simulator.count('refreshAccessToken')).toBe(1)
    expect(bitize.simulator.reuses).toBe(0)
  })

  it('loses no answer that comes while it is frozen in the middle of a token call', async () => {
    const { bitize, start } = await scene()
    const [one, two] = [start(), start()]
    bitize.hold()
    const answer = one.invoke(SHOP)
    await bitize.held
    one.freeze()
    bitize.release()
    one.thaw()
    expect((await answer).statusCode).toBe(200)
    expect((await two.invoke(SHOP)).statusCode).toBe(200)
    expect(bitize.tokenCalls()).toBe(1)
  })
})
