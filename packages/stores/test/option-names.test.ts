import { fileStore } from '@chaveiro/stores/file'
import { postgresStore } from '@chaveiro/stores/postgres'
import { redisStore } from '@chaveiro/stores/redis'
import { createSealer, generateKey, rotateKey } from '@chaveiro/stores/sealer'
import { describe, expect, it } from 'vitest'
import { errorOf } from './support/error-of.ts'
import { testSealer } from './support/seal.ts'

const redis = { hmget: async () => [null, null], evalsha: async () => 1, eval: async () => 1 }
const postgres = { query: async () => ({ rows: [] }) }
const key = { id: 'k', key: generateKey() }

// As plain JavaScript calls them: without types.
const loose = (factory: (options: never) => unknown) => (options: object) =>
  Reflect.apply(factory, undefined, [options])

describe('an option that does not exist is a TypeError with the name that was meant:', () => {
  it.each([
    ['fileStore', loose(fileStore), { directory: 'x', leftoverAge: 1 }, 'leftoverAgeMs'],
    ['fileStore', loose(fileStore), { Directory: 'x' }, 'directory'],
    ['fileStore', loose(fileStore), { directory: 'x', sealr: testSealer }, 'sealer'],
    ['redisStore', loose(redisStore), { client: redis, perfix: 'x' }, 'prefix'],
    ['redisStore', loose(redisStore), { clinet: redis }, 'client'],
    ['postgresStore', loose(postgresStore), { client: postgres, tables: 'x' }, 'table'],
    ['createSealer', loose(createSealer), { key: [key] }, 'keys'],
    ['A sealing key', loose(createSealer), { keys: [{ ...key, ID: 'k' }] }, 'id'],
  ])('%s', (name, factory, options, meant) => {
    expect(() => factory(options)).toThrow(TypeError)
    expect(() => factory(options)).toThrow(`${name} has no option "`)
    expect(() => factory(options)).toThrow(`Did you mean ${meant}? Options: `)
  })

  it('rotateKey', async () => {
    const store = fileStore({ directory: 'x', sealer: testSealer })
    const error = await errorOf(Reflect.apply(rotateKey, undefined, [store, { concurency: 2 }]))
    expect(error).toMatchObject({ name: 'TypeError', message: expect.stringContaining('Did you mean concurrency?') })
  })
})

it.each([fileStore, redisStore, postgresStore, createSealer])('no options at all are a TypeError', (factory) => {
  for (const options of [undefined, null, 'x', {}]) {
    expect(() => Reflect.apply(factory, undefined, [options])).toThrow(TypeError)
  }
})

it('a sealer that is not one is a TypeError', () => {
  const sealer: object = { seal: async () => 'x' }
  expect(() => loose(fileStore)({ directory: 'x', sealer })).toThrow(
    'Option sealer must have the methods seal and open.',
  )
  expect(() => loose(redisStore)({ client: redis, sealer })).toThrow(TypeError)
  expect(() => loose(postgresStore)({ client: postgres, sealer })).toThrow(TypeError)
})

it('an option that is undefined has its default', async () => {
  const store = redisStore({ client: redis, prefix: undefined, sealer: undefined })
  expect(await store.read('a')).toBeUndefined()
})
