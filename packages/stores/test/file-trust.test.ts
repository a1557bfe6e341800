import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileStore } from '@chaveiro/stores/file'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type FileSystem, systemFiles } from '../src/file/file-system.ts'
import { openFileStore } from '../src/file/open-file-store.ts'
import { recordFolder } from '../src/file/record-folder.ts'
import { collect } from './support/collect.ts'
import { errorOf } from './support/error-of.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

const KEY = '0'.repeat(64)
const VERSION = '00000000-0000-4000-8000-000000000000'

const mode = (path: string): string => (fs.statSync(path).mode & 0o777).toString(8)
const refusal = (sentence: string) => ({
  code: 'store',
  action: 'fix-configuration',
  message: expect.stringContaining(sentence),
})

/** Every way into a record. */
async function everyUse(directory: string, system: FileSystem = systemFiles): Promise<unknown[]> {
  const store = openFileStore(system, { directory })
  return Promise.all(
    [store.read(KEY), store.commit(KEY, 'two', null), store.commit(KEY, 'two', VERSION), collect(store.keys())].map(
      errorOf,
    ),
  )
}

/** A folder with an account's record in it. */
async function used(): Promise<{ directory: string; folder: string; record: string; version: string }> {
  const directory = join(temporaryDirectory(), 'tokens')
  const version = await fileStore({ directory }).commit(KEY, 'one', null)
  const folder = recordFolder(directory, KEY)
  return { directory, folder, record: join(folder, 'record.json'), version }
}

/** The real files, as a process sees them that runs as another user than the one who owns them. */
const asAnotherUser: FileSystem = { ...systemFiles, uid: () => (process.geteuid?.() ?? 0) + 1 }

/** Gives a path to a user who owns nothing else: for real if this is root, else as `lstat` shows it. */
function givenAway(path: string): { system: FileSystem; takeBack: () => void } {
  const OTHER_UID = 65_534
  if (process.geteuid?.() === 0) {
    fs.chownSync(path, OTHER_UID, OTHER_UID)
    return { system: systemFiles, takeBack: () => fs.chownSync(path, 0, 0) }
  }
  const lstat: FileSystem['lstat'] = async (asked) => {
    const { mode: bits, uid, size, mtimeMs, ctimeMs } = await systemFiles.lstat(asked)
    return { mode: bits, uid: asked === path ? OTHER_UID : uid, size, mtimeMs, ctimeMs }
  }
  return { system: { ...systemFiles, lstat }, takeBack: () => {} }
}

describe('a symbolic link', () => {
  it('in place of a record folder is refused; nothing is written through it, and no mode is changed', async () => {
    const root = temporaryDirectory()
    const [directory, victim] = [join(root, 'tokens'), join(root, 'victim')]
    fs.mkdirSync(directory, { mode: 0o700 })
    fs.mkdirSync(victim, { mode: 0o755 })
    fs.symlinkSync(victim, recordFolder(directory, KEY))
    for (const error of await everyUse(directory)) expect(error).toMatchObject(refusal('is a symbolic link'))
    expect([mode(victim), fs.readdirSync(victim)]).toEqual(['755', []])
  })

  it('that leads nowhere is refused as well, and nothing is created where it leads to', async () => {
    const root = temporaryDirectory()
    const directory = join(root, 'tokens')
    fs.mkdirSync(directory, { mode: 0o700 })
    fs.symlinkSync(join(root, 'nowhere'), recordFolder(directory, KEY))
    for (const error of await everyUse(directory)) expect(error).toMatchObject(refusal('is a symbolic link'))
    expect(fs.existsSync(join(root, 'nowhere'))).toBe(false)
  })

  it('in place of the folder itself is refused, with what to do', async () => {
    const root = temporaryDirectory()
    const victim = join(root, 'victim')
    fs.mkdirSync(victim, { mode: 0o755 })
    fs.symlinkSync(victim, join(root, 'tokens'))
    const sentence = 'Remove it, or set the option directory to its target.'
    for (const error of await everyUse(join(root, 'tokens'))) expect(error).toMatchObject(refusal(sentence))
    expect([mode(victim), fs.readdirSync(victim)]).toEqual(['755', []])
  })

  it('above the folder is followed, as in a home that is a link', async () => {
    const root = temporaryDirectory()
    fs.mkdirSync(join(root, 'real-home'))
    fs.symlinkSync(join(root, 'real-home'), join(root, 'home'))
    const store = fileStore({ directory: join(root, 'home', 'app', 'tokens') })
    const version = await store.commit(KEY, 'one', null)
    expect(await store.read(KEY)).toEqual({ version, value: 'one' })
  })

  it('that appears while the record folder is created is refused before anything is written', async () => {
    const root = temporaryDirectory()
    const [directory, victim] = [join(root, 'tokens'), join(root, 'victim')]
    fs.mkdirSync(victim, { mode: 0o755 })
    const system: FileSystem = {
      ...systemFiles,
      async mkdir(path, options) {
        fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
        fs.symlinkSync(victim, path)
        return systemFiles.mkdir(path, options)
      },
    }
    const store = openFileStore(system, { directory })
    expect(await errorOf(store.commit(KEY, 'one', null))).toMatchObject(refusal('is a symbolic link'))
    expect([mode(victim), fs.readdirSync(victim)]).toEqual(['755', []])
  })

  it('that takes the place of a record between two looks is not read through', async () => {
    const { directory, record } = await used()
    const secret = join(directory, '..', 'secret')
    fs.renameSync(record, secret)
    fs.writeFileSync(record, '')
    const system: FileSystem = {
      ...systemFiles,
      open(path, flags, wish) {
        fs.unlinkSync(record)
        fs.symlinkSync(secret, record)
        return systemFiles.open(path, flags, wish)
      },
    }
    const error = await errorOf(openFileStore(system, { directory }).read(KEY))
    expect(error).toMatchObject({ code: 'store', message: expect.stringContaining('symbolic link (ELOOP)') })
  })

  it('in place of a draft that a decision waits for is not put in place of the record', async () => {
    const { directory, folder, record, version } = await used()
    fs.renameSync(join(folder, `${version}.turn`), join(folder, `${version}.${VERSION}.won`))
    fs.symlinkSync('/etc/hostname', join(folder, `${VERSION}.new`))
    const before = fs.readFileSync(record, 'utf8')
    const error = await errorOf(fileStore({ directory }).commit(KEY, 'two', version))
    expect(error).toMatchObject(refusal('is a symbolic link instead of a regular file'))
    expect(fs.readFileSync(record, 'utf8')).toBe(before)
  })
})

describe('what is not a regular file', () => {
  const kinds: readonly [string, (path: string) => unknown][] = [
    ['a FIFO', (path) => execFileSync('mkfifo', [path])],
    ['a folder', (path) => fs.mkdirSync(path)],
    ['a symbolic link', (path) => fs.symlinkSync('/dev/zero', path)],
    ['a symbolic link', (path) => fs.symlinkSync('nowhere', path)],
    [
      'a socket',
      async (path) => {
        const server = createServer()
        await new Promise<void>((resolve) => server.listen(path, resolve))
        onTestFinished(() => void server.close())
      },
    ],
  ]

  it.each(kinds)('%s in place of a record is refused at once', async (kind, create) => {
    const { directory, record } = await used()
    fs.unlinkSync(record)
    // A socket's path is short.
    const before = process.cwd()
    process.chdir(join(record, '..'))
    await create('record.json')
    process.chdir(before)
    const sentence = `is ${kind} instead of a regular file, so it was not read. Remove it.`
    for (const error of await everyUse(directory)) expect(error).toMatchObject(refusal(sentence))
  })

  it('but longer than any record is refused, and a record that would be is not written', async () => {
    const { directory, record, version } = await used()
    const store = fileStore({ directory })
    const tooLong = 'x'.repeat(2 ** 24)
    expect(await errorOf(store.commit(KEY, tooLong, version))).toMatchObject(refusal('16777216 bytes'))
    expect(await store.read(KEY)).toEqual({ version, value: 'one' })
    // A gigabyte that takes no room.
    fs.truncateSync(record, 2 ** 30)
    for (const error of await everyUse(directory)) expect(error).toMatchObject(refusal('1073741824 bytes'))
  })
})

describe("another user's", () => {
  it('folder is refused, with the command that helps', async () => {
    const { directory } = await used()
    const [owner, uid] = [fs.statSync(directory).uid, asAnotherUser.uid()]
    const sentence = `The folder ${directory} of the file store belongs to user ${owner}, and this process runs as user ${uid}. Run: chown -R ${uid} ${directory}, or choose another folder.`
    for (const error of await everyUse(directory, asAnotherUser)) expect(error).toMatchObject(refusal(sentence))
  })

  it('folder, record folder or record is refused', async () => {
    const { directory, folder, record } = await used()
    for (const path of [directory, folder, record]) {
      const theirs = givenAway(path)
      for (const error of await everyUse(directory, theirs.system)) {
        expect(error).toMatchObject(refusal('belongs to user 65534'))
      }
      theirs.takeBack()
    }
    expect(await fileStore({ directory }).read(KEY)).toMatchObject({ value: 'one' })
  })

  it.each([0o777, 0o770, 0o720, 0o702, 0o1777])(
    'write access to a folder of mode %o is refused, with the command that helps',
    async (wide) => {
      const { directory, folder } = await used()
      for (const path of [directory, folder]) {
        fs.chmodSync(path, wide)
        const sentence = `Other users may write in the folder ${path} of the file store. Check what is in it, then run: chmod go-w ${path}`
        for (const error of await everyUse(directory)) expect(error).toMatchObject(refusal(sentence))
        expect(mode(path)).toBe((wide & 0o777).toString(8))
        fs.chmodSync(path, 0o700)
      }
      expect(await fileStore({ directory }).read(KEY)).toMatchObject({ value: 'one' })
    },
  )

  it('folder is not looked for on Windows, where modes say nothing of owners', async () => {
    const { directory } = await used()
    fs.chmodSync(directory, 0o777)
    const system: FileSystem = { ...systemFiles, platform: 'win32', uid: () => undefined }
    expect(await openFileStore(system, { directory }).read(KEY)).toMatchObject({ value: 'one' })
  })
})

it('a path with spaces and quotes is shown as a shell takes it', async () => {
  const directory = join(temporaryDirectory(), "Ana's tokens")
  fs.mkdirSync(directory, { mode: 0o777 })
  fs.chmodSync(directory, 0o777)
  const { message } = Object(await errorOf(fileStore({ directory }).read(KEY)))
  const command = String(message).split('then run: ')[1] ?? ''
  execFileSync('sh', ['-c', command])
  expect(mode(directory)).toBe('755')
})
