import { FakeClock } from '@chaveiro/core/testing'
import { expect, it } from 'vitest'
import { decisionLog } from '../../src/serve/door/log.ts'
import { ALL, newServer } from './support/served.ts'

it('each decision is one line, without the path, a body or a secret', async () => {
  const keys = [{ name: 'ci', allow: ['bitize/shop'], doors: ['token'] }, ALL]
  const { get, keys: made, log, simulator } = await newServer({ keys })
  await get('/v1/tokens/bitize/shop?min_validity=1m', made['ci'])
  await get('/v1/tokens/bitize/none', made['ci'])
  await get('/v1/tokens/bitize/shop', 'chv_nonsense')
  await get('/healthz')
  await get('/v1/accounts', made['ci'])
  const lines = log()
  expect(lines).toEqual([
    expect.objectContaining({ event: 'listening' }),
    {
      time: expect.any(String),
      door: 'token',
      method: 'GET',
      status: 200,
      key: 'ci',
      provider: 'bitize',
      account: 'shop',
      rule: 'bitize/shop',
      duration_ms: 0,
    },
    {
      time: expect.any(String),
      door: 'token',
      method: 'GET',
      status: 403,
      key: 'ci',
      code: 'forbidden',
      duration_ms: 0,
    },
    { time: expect.any(String), door: 'none', method: 'GET', status: 401, code: 'key-refused', duration_ms: 0 },
    { time: expect.any(String), door: 'accounts', method: 'GET', status: 200, key: 'ci', duration_ms: 0 },
  ])
  const text = JSON.stringify(lines)
  for (const secret of [...simulator.revealSecrets(), made['ci'], 'chv_nonsense']) expect(text).not.toContain(secret)
})

it('paths are logged where that is asked for, without their query', async () => {
  const { get, keys, log } = await newServer({ logPaths: true })
  await get('/v1/tokens/bitize/shop?min_validity=1m', keys['all'])
  expect(log().map(({ path }) => path)).toEqual([undefined, '/v1/tokens/bitize/shop'])
})

it('of calls without a key that counts, ten a second are told of, and how many more there were', async () => {
  const clock = new FakeClock()
  const lines: string[] = []
  const log = decisionLog(clock, (text) => void lines.push(...text.trimEnd().split('\n')), { paths: false })
  const refused = { door: 'none', method: 'GET', status: 401, code: 'key-refused' }
  for (let call = 0; call < 25; call += 1) log.decided(refused, 0)
  log.decided({ ...refused, key: 'ci' }, 0)
  await clock.advance(1_000)
  for (let call = 0; call < 10; call += 1) log.decided(refused, 0)
  log.flush()
  const left = lines.map((line) => JSON.parse(line).left_out)
  expect(left).toHaveLength(21)
  expect(left.filter((count) => count !== undefined)).toEqual([15])
  expect(left.indexOf(15)).toBe(10)
})

it('a control character or a quote in a method can’t break a line', () => {
  const lines: string[] = []
  const log = decisionLog(new FakeClock(), (text) => void lines.push(text), { paths: true })
  log.decided({ door: 'none', method: 'A"\nB', status: 400, key: 'x\ny', path: '/\n{' }, 0)
  log.flush()
  expect(lines).toHaveLength(1)
  expect(lines[0]?.trimEnd().split('\n')).toHaveLength(1)
})

it('lines about calls are written together within 100 ms, those about the server at once with all before them', async () => {
  const clock = new FakeClock()
  const writes: number[] = []
  const log = decisionLog(clock, (text) => void writes.push(text.trimEnd().split('\n').length), { paths: false })
  const decision = { door: 'token', method: 'GET', status: 200, key: 'ci' }
  for (let call = 0; call < 3; call += 1) log.decided(decision, 0)
  await clock.advance(99)
  expect(writes).toEqual([])
  await clock.advance(1)
  expect(writes).toEqual([3])
  log.decided(decision, 0)
  log.event('stopping')
  await new Promise((resolve) => setImmediate(resolve))
  expect(writes).toEqual([3, 2])
  expect(clock.pending).toBe(0)
})

it('no more than 200 lines wait', () => {
  const writes: number[] = []
  const log = decisionLog(new FakeClock(), (text) => void writes.push(text.trimEnd().split('\n').length), {
    paths: false,
  })
  for (let call = 0; call < 450; call += 1) log.decided({ door: 'token', method: 'GET', status: 200, key: 'ci' }, 0)
  expect(writes).toEqual([200, 200])
  log.flush()
  expect(writes).toEqual([200, 200, 50])
})
