import { createTokenManager, storeUnsealed } from '@chaveiro/core'
import { defineProvider } from '@chaveiro/core/provider'
import { memoryStore, shared } from '@chaveiro/core/shared'
import { describe, expect, it } from 'vitest'

const provider = defineProvider({
  id: 'example',
  server: new URL('https://id.example.com'),
  refreshKind: 'none',
  repeat: 'free',
  acquire: async () => ({ accessToken: 'access' }),
})

/** A store with these methods, as plain JavaScript would write one, and its only account. */
function accountOn(methods: object) {
  const store = shared(Object.assign(memoryStore(), methods))
  return createTokenManager({ provider, credentials: () => ({}), store, [storeUnsealed]: true }).account('a')
}

const thrownBy = (account: ReturnType<typeof accountOn>) =>
  account.getToken().then(
    () => 'a token',
    (error: unknown) => error,
  )

describe('an answer of read()', () => {
  it.each([null, undefined])('of %s is an absent record', async (answer) => {
    const account = accountOn({ read: async () => answer })
    expect((await account.getToken()).reveal()).toBe('access')
    expect((await accountOn({ read: async () => answer }).status()).state).toBe('absent')
  })

  it.each([
    ['a text', 'canary', 'string'],
    ['an empty text', '', 'an empty string'],
    ['a number', 7, 'number'],
    ['a flag', false, 'boolean'],
    ['a list', [{ version: 'canary', value: 'canary' }], 'array with version: undefined and value: undefined'],
    ['nothing', {}, 'object with version: undefined and value: undefined'],
    ['no version', { value: 'canary' }, 'object with version: undefined and value: string'],
    ['a version of null', { version: null, value: 'canary' }, 'object with version: null and value: string'],
    ['a version that is a number', { version: 7, value: 'canary' }, 'object with version: number and value: string'],
    ['an empty version', { version: '', value: 'canary' }, 'object with version: an empty string and value: string'],
    ['a value of null', { version: 'canary', value: null }, 'object with version: string and value: null'],
    [
      'a value that was parsed',
      { version: 'canary', value: { v: 1 } },
      'object with version: string and value: object',
    ],
    [
      'a value in bytes',
      { version: 'canary', value: new Uint8Array(3) },
      'object with version: string and value: object',
    ],
  ])(
    'that is %s is an error that names the method and the shape, and not an absent record',
    async (_, answer, shape) => {
      const account = accountOn({ read: async () => answer })
      const error = await thrownBy(account)
      expect(error).toMatchObject({
        code: 'store',
        action: 'fix-configuration',
        message: expect.stringContaining(
          `read() of the token store answered ${shape} instead of { version, value }, undefined or null. Fix the store.`,
        ),
      })
      expect(JSON.stringify(error)).not.toContain('canary')
      await expect(account.status()).rejects.toMatchObject({ code: 'store' })
      await expect(account.end()).rejects.toMatchObject({ code: 'store' })
    },
  )

  it('may be of a class whose version and value are getters', async () => {
    class Row {
      get version() {
        return 'one'
      }
      get value() {
        return undefined
      }
    }
    expect(await thrownBy(accountOn({ read: async () => new Row() }))).toMatchObject({
      code: 'store',
      message: expect.not.stringContaining('read()'),
    })
  })
})

describe('an answer of commit()', () => {
  it.each([
    ['undefined', undefined],
    ['null', null],
    ['number', 1],
    ['boolean', true],
    ['an empty string', ''],
    ['object', { version: 'canary' }],
    ['array', ['canary']],
  ])('of %s is an error at the first use, although the commit was made', async (shape, answer) => {
    const inner = memoryStore()
    let commits = 0
    const commit = async (...args: Parameters<typeof inner.commit>): Promise<unknown> => {
      commits += 1
      await inner.commit(...args)
      return answer
    }
    const error = await thrownBy(accountOn({ commit }))
    expect(error).toMatchObject({
      code: 'store',
      action: 'fix-configuration',
      message: expect.stringContaining(
        `commit() of the token store answered ${shape} instead of the new version, a text. Fix the store.`,
      ),
    })
    expect(JSON.stringify(error)).not.toContain('canary')
    expect(commits).toBe(1)
  })
})
