import { existsSync, statSync } from 'node:fs'
import * as fs from 'node:fs/promises'
import { join } from 'node:path'
import { fileStore } from '@chaveiro/stores/file'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type FileSystem, type OpenFile, systemFiles } from '../src/file/file-system.ts'
import { openFileStore } from '../src/file/open-file-store.ts'
import { recordFolder } from '../src/file/record-folder.ts'
import { collect } from './support/collect.ts'
import { errorOf } from './support/error-of.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

const KEY = '0'.repeat(64)

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)
const failure = (code: string): Error => Object.assign(new Error(`${code}: secret-canary`), { code })

/** The real file system, in which some operations fail. */
function faulty(faults: Partial<FileSystem>): FileSystem & { waits: number[] } {
  const waits: number[] = []
  return { ...systemFiles, wait: async (ms) => void waits.push(ms), waits, ...faults }
}

/** An operation that fails this often before it works; `only` says for which second argument. */
function failing<Args extends unknown[], T>(
  code: string,
  times: number,
  operation: (...args: Args) => Promise<T>,
  only?: unknown,
) {
  let left = times
  return async (...args: Args): Promise<T> => {
    if (only === undefined || args[1] === only) left -= 1
    else return operation(...args)
    if (left >= 0) throw failure(code)
    return operation(...args)
  }
}

/** An open file whose methods can be replaced one by one. */
function delegating(file: OpenFile): OpenFile {
  return {
    stat: () => file.stat(),
    read: (buffer, offset, length) => file.read(buffer, offset, length),
    writeFile: (content) => file.writeFile(content),
    chmod: (mode) => file.chmod(mode),
    sync: () => file.sync(),
    close: () => file.close(),
  }
}

describe('permissions', () => {
  it('are 0600 for files and 0700 for folders even with umask 000 [MP16]', async () => {
    const before = process.umask(0)
    onTestFinished(() => void process.umask(before))
    const directory = join(temporaryDirectory(), 'new', 'tokens')
    const widest: string[] = []
    const store = openFileStore(
      faulty({
        async open(path, flags, wish) {
          const file = await systemFiles.open(path, flags, wish)
          if (flags === 'wx') widest.push(mode(path))
          return file
        },
      }),
      { directory },
    )
    const version = await store.commit(KEY, 'one', null)
    await store.commit(KEY, 'two', version)
    const folder = recordFolder(directory, KEY)
    expect(mode(directory)).toBe('700')
    expect(mode(folder)).toBe('700')
    for (const name of await fs.readdir(folder)) expect(mode(join(folder, name))).toBe('600')
    // From its first moment on, before anything is written.
    expect(new Set(widest)).toEqual(new Set(['600']))
  })

  it('that are too wide are narrowed by the next commit: file 0644, folders 0755 [MP16]', async () => {
    const directory = temporaryDirectory()
    const store = fileStore({ directory })
    const version = await store.commit(KEY, 'one', null)
    const folder = recordFolder(directory, KEY)
    await fs.chmod(join(folder, 'record.json'), 0o644)
    await fs.chmod(folder, 0o755)
    await fs.chmod(directory, 0o755)
    await store.commit(KEY, 'two', version)
    expect([mode(join(folder, 'record.json')), mode(folder), mode(directory)]).toEqual(['600', '700', '700'])
  })

  it('of a folder in which other things live are left alone; the records have folders of their own', async () => {
    const directory = temporaryDirectory()
    await fs.writeFile(join(directory, 'something-else.txt'), '')
    await fs.chmod(directory, 0o755)
    await fileStore({ directory }).commit(KEY, 'one', null)
    expect([mode(directory), mode(recordFolder(directory, KEY))]).toEqual(['755', '700'])
  })
})

describe('on Windows', () => {
  it.each(['EPERM', 'EBUSY', 'EACCES'])('a rename that a reader blocks with %s is tried again [MP15]', async (code) => {
    const system = faulty({ platform: 'win32', rename: failing(code, 3, systemFiles.rename) })
    const store = openFileStore(system, { directory: temporaryDirectory() })
    const version = await store.commit(KEY, 'one', null)
    await store.commit(KEY, 'two', version)
    expect(await store.read(KEY)).toMatchObject({ value: 'two' })
    expect(system.waits).toEqual([10, 20, 40])
  })

  it('a file that is never let go of ends in an error that says so, and nothing is lost [MP15]', async () => {
    const directory = temporaryDirectory()
    const version = await fileStore({ directory }).commit(KEY, 'one', null)
    const system = faulty({ platform: 'win32', rename: failing('EBUSY', 1_000, systemFiles.rename) })
    const error = await errorOf(openFileStore(system, { directory }).commit(KEY, 'two', version))
    expect(error).toMatchObject({
      code: 'store',
      message: expect.stringContaining('another program keeps a file open'),
    })
    expect(system.waits.reduce((sum, ms) => sum + ms)).toBeLessThan(3_000)
    expect(await fileStore({ directory }).read(KEY)).toEqual({ version, value: 'one' })
    await fileStore({ directory }).commit(KEY, 'three', version)
  })

  it('elsewhere EPERM means what it says and is not tried again', async () => {
    const system = faulty({ link: failing('EPERM', 1, systemFiles.link) })
    const error = await errorOf(openFileStore(system, { directory: temporaryDirectory() }).commit(KEY, 'one', null))
    expect(error).toMatchObject({ code: 'store', message: expect.stringContaining('no hard links') })
    expect(system.waits).toEqual([])
  })
})

describe('leftovers of commits that were cut off', () => {
  /** Kills every commit at the decision, so that drafts stay behind. */
  async function leaveDrafts(directory: string): Promise<void> {
    const dead = (): Promise<never> => Promise.reject(failure('EIO'))
    const store = openFileStore(faulty({ rename: dead, link: dead, unlink: dead }), { directory })
    await errorOf(store.commit(KEY, 'lost', (await store.read(KEY))?.version ?? null))
  }

  it('are removed at their age, by the next commit of the record [MP17]', async () => {
    const directory = temporaryDirectory()
    const folder = recordFolder(directory, KEY)
    let now = Date.now()
    const store = openFileStore(faulty({ now: () => now }), { directory })
    const one = await store.commit(KEY, 'one', null)
    await leaveDrafts(directory)
    const two = await store.commit(KEY, 'two', one)
    expect(await fs.readdir(folder)).toHaveLength(4)

    now += 3_601_000
    const three = await store.commit(KEY, 'three', two)
    expect((await fs.readdir(folder)).sort()).toEqual([`${three}.turn`, 'record.json'].sort())
    expect(await store.read(KEY)).toEqual({ version: three, value: 'three' })
  })

  it('that are still needed are not: a decision whose draft was collected is taken back', async () => {
    const directory = temporaryDirectory()
    const one = await fileStore({ directory }).commit(KEY, 'one', null)
    let isDecided = false
    // Pauses right after the decision, while its draft disappears.
    const slow = openFileStore(
      faulty({
        async rename(from, to) {
          if (to.endsWith('record.json')) await fs.unlink(from)
          await systemFiles.rename(from, to)
          isDecided = true
        },
      }),
      { directory },
    )
    expect(await errorOf(slow.commit(KEY, 'lost', one))).toMatchObject({ code: 'store' })
    expect(isDecided).toBe(true)
    expect(await fileStore({ directory }).read(KEY)).toEqual({ version: one, value: 'one' })
    await fileStore({ directory }).commit(KEY, 'two', one)
  })

  it('of a record whose turn is missing, as in a backup of the records alone, do not stop the next commit', async () => {
    const directory = temporaryDirectory()
    const store = fileStore({ directory })
    const one = await store.commit(KEY, 'one', null)
    await fs.unlink(join(recordFolder(directory, KEY), `${one}.turn`))
    await store.commit(KEY, 'two', one)
    expect(await store.read(KEY)).toMatchObject({ value: 'two' })
  })
})

describe('a failing disk', () => {
  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EACCES', 'this user may not use its folder'],
    ['EROFS', 'the file system is read-only'],
    ['EIO', 'the disk does not work'],
  ])('with %s is an error of code store that says so and quotes nothing; the record stays', async (code, sentence) => {
    const directory = temporaryDirectory()
    const version = await fileStore({ directory }).commit(KEY, 'one', null)
    const full = openFileStore(faulty({ open: failing(code, 1, systemFiles.open, 'wx') }), { directory })
    const error = await errorOf(full.commit(KEY, 'two', version))
    expect(error).toMatchObject({
      code: 'store',
      message: `The file store could not write the record: ${sentence} (${code}).`,
    })
    expect(JSON.stringify(error)).not.toContain('canary')
    expect(await fileStore({ directory }).read(KEY)).toEqual({ version, value: 'one' })
    const folder = recordFolder(directory, KEY)
    expect((await fs.readdir(folder)).sort()).toEqual([`${version}.turn`, 'record.json'].sort())
  })

  it('that cannot be read is an error, and not an absent record [RP09]', async () => {
    const directory = temporaryDirectory()
    await fileStore({ directory }).commit(KEY, 'one', null)
    const store = openFileStore(faulty({ open: () => Promise.reject(failure('EACCES')) }), { directory })
    expect(await errorOf(store.read(KEY))).toMatchObject({ code: 'store', action: 'retry' })
    await fs.writeFile(join(directory, 'a-file'), '')
    const inFile = fileStore({ directory: join(directory, 'a-file') })
    expect(await errorOf(inFile.commit(KEY, 'one', null))).toMatchObject({ code: 'store' })
  })

  it('is synced before a commit returns: the file, then the folder it is in', async () => {
    const synced: string[] = []
    const system = faulty({
      async open(path, flags, wish) {
        const file = await systemFiles.open(path, flags, wish)
        return { ...delegating(file), sync: () => file.sync().then(() => void synced.push(path)) }
      },
    })
    const directory = join(temporaryDirectory(), 'tokens')
    await openFileStore(system, { directory }).commit(KEY, 'one', null)
    const folder = recordFolder(directory, KEY)
    expect(synced.map((path) => (path.endsWith('.new') ? 'draft' : path))).toEqual([
      directory,
      join(directory, '..'),
      'draft',
      folder,
      folder,
    ])
  })
})

describe('what the file store reads', () => {
  it('that a newer version wrote is an error and stays as it is [RP10]', async () => {
    const directory = temporaryDirectory()
    const store = fileStore({ directory })
    const version = await store.commit(KEY, 'one', null)
    const path = join(recordFolder(directory, KEY), 'record.json')
    await fs.writeFile(path, JSON.stringify({ format: 2, key: KEY, version, text: 'one' }))
    const newer = { code: 'store', message: expect.stringContaining('newer version') }
    expect(await errorOf(store.read(KEY))).toMatchObject(newer)
    expect(await errorOf(store.commit(KEY, 'two', version))).toMatchObject(newer)
  })

  it('cannot lead out of its folder, whatever version a file contains', async () => {
    const directory = temporaryDirectory()
    const store = fileStore({ directory })
    await store.commit(KEY, 'one', null)
    const path = join(recordFolder(directory, KEY), 'record.json')
    await fs.writeFile(path, JSON.stringify({ format: 1, key: KEY, version: '../../outside', text: 'one' }))
    const found = await store.read(KEY)
    expect(found).toEqual({ version: expect.stringMatching(/^torn-/), value: undefined })
    await store.commit(KEY, 'two', found?.version ?? null)
    expect(existsSync(join(directory, '..', 'outside.turn'))).toBe(false)
  })

  it('is written for one key: the file of another one counts as damaged, sealed or not [RP12]', async () => {
    const directory = temporaryDirectory()
    const store = fileStore({ directory })
    const other = '1'.repeat(64)
    await store.commit(KEY, 'one', null)
    await store.commit(other, 'two', null)
    const [from, to] = [KEY, other].map((key) => join(recordFolder(directory, key), 'record.json'))
    await fs.copyFile(from ?? '', to ?? '')
    expect(await store.read(other)).toMatchObject({ value: undefined })
  })

  it('lists the keys of live records, and none where there is no folder', async () => {
    const directory = join(temporaryDirectory(), 'tokens')
    const store = fileStore({ directory })
    expect(await collect(store.keys())).toEqual([])
    await store.commit(KEY, 'one', null)
    await store.commit('../odd', 'two', null)
    await store.commit('gone', null, await store.commit('gone', 'three', null))
    expect((await collect(store.keys())).sort()).toEqual(['../odd', KEY])
  })
})

it('fileStore refuses what cannot be meant', () => {
  expect(() => fileStore({ directory: '' })).toThrow(TypeError)
  expect(() => fileStore({ directory: 'tokens', leftoverAgeMs: -1 })).toThrow(TypeError)
})
