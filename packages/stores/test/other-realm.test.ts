import * as fs from 'node:fs'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { postgresStore } from '@chaveiro/stores/postgres'
import { redisStore } from '@chaveiro/stores/redis'
import { describe, expect, it } from 'vitest'
import { type FileSystem, systemFiles } from '../src/file/file-system.ts'
import { openFileStore } from '../src/file/open-file-store.ts'
import { recordFolder } from '../src/file/record-folder.ts'
import { failuresOf } from './support/conforms.ts'
import { errorOf } from './support/error-of.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

// A separate realm, like a test runner's `vm` context in Node: neither side has the other's classes.
const realm = createContext({})
const foreignError = runInContext('(fields) => Object.assign(new Error(fields.message), fields)', realm)
const foreignBytes = runInContext('(bytes) => Uint8Array.from(bytes)', realm)
const foreignList = runInContext('(...items) => items', realm)

/** The same operation, whose errors are of the other realm. */
function abroad<Args extends unknown[], T>(operation: (...args: Args) => Promise<T>) {
  return async (...args: Args): Promise<T> => {
    try {
      return await operation(...args)
    } catch (error) {
      const { message, code } = Object(error)
      throw foreignError({ message, code })
    }
  }
}

const systemAbroad: FileSystem = {
  ...systemFiles,
  link: abroad(systemFiles.link),
  lstat: abroad(systemFiles.lstat),
  mkdir: abroad(systemFiles.mkdir),
  open: abroad(systemFiles.open),
  readdir: abroad(systemFiles.readdir),
  rename: abroad(systemFiles.rename),
  unlink: abroad(systemFiles.unlink),
}

const KEY = '0'.repeat(64)

describe('where the errors and bytes of drivers are of another realm, as under Jest,', () => {
  it('they are not instances of this one', () => {
    expect(foreignError({ message: 'x' }) instanceof Error).toBe(false)
    expect(foreignBytes([1]) instanceof Uint8Array).toBe(false)
  })

  it('the file store works', async () => {
    const directory = join(temporaryDirectory(), 'tokens')
    expect(await failuresOf(() => openFileStore(systemAbroad, { directory }))).toEqual([])
  })

  it('the file store says what failed', async () => {
    const directory = join(temporaryDirectory(), 'tokens')
    const full: FileSystem = {
      ...systemAbroad,
      mkdir: () => Promise.reject(foreignError({ message: 'x', code: 'ENOSPC' })),
    }
    expect(await errorOf(openFileStore(full, { directory }).commit(KEY, 'one', null))).toMatchObject({
      message: 'The file store could not write the record: the disk is full (ENOSPC).',
    })
    fs.mkdirSync(recordFolder(directory, KEY), { recursive: true, mode: 0o700 })
    const blocked: FileSystem = {
      ...systemAbroad,
      lstat: () => Promise.reject(foreignError({ message: 'x', code: 'EACCES' })),
    }
    expect(await errorOf(openFileStore(blocked, { directory }).read(KEY))).toMatchObject({
      message: 'The file store could not read the record: this user may not use its folder (EACCES).',
    })
  })

  it('a script that Redis has forgotten is sent again, and answers in bytes are read', async () => {
    const client = {
      hmget: async () => foreignList(foreignBytes([118]), foreignBytes([116])),
      evalsha: () => Promise.reject(foreignError({ message: 'NOSCRIPT No matching script.' })),
      eval: async () => foreignBytes([49]),
    }
    const store = redisStore({ client })
    expect(await store.read('a')).toEqual({ version: 'v', value: 't' })
    expect(await store.commit('a', 'one', 'v')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('an error of Redis is told by its code', async () => {
    const down = {
      hmget: () => Promise.reject(foreignError({ message: 'READONLY canary' })),
      evalsha: async () => 1,
      eval: async () => 1,
    }
    expect(await errorOf(redisStore({ client: down }).read('a'))).toMatchObject({
      message: 'Redis could not read the record: this is a replica; connect to the primary (READONLY).',
    })
  })

  it('a serialization failure of PostgreSQL is a conflict', async () => {
    const client = { query: () => Promise.reject(foreignError({ message: 'canary', code: '40001' })) }
    expect(await errorOf(postgresStore({ client }).commit('a', 'one', null))).toMatchObject({ code: 'conflict' })
  })
})
