import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { keyFromFile } from '@chaveiro/stores/file'
import { generateKey } from '@chaveiro/stores/sealer'
import { describe, expect, it } from 'vitest'
import { errorOf } from './support/error-of.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

describe('the file of a sealing key', () => {
  it('may be a link, as mounted secrets are', async () => {
    const directory = temporaryDirectory()
    const key = generateKey()
    fs.writeFileSync(join(directory, 'real'), `${key}\n`, { mode: 0o444 })
    fs.symlinkSync('real', join(directory, 'key'))
    expect((await keyFromFile(join(directory, 'key'))()).reveal()).toBe(key)
  })

  it.each([
    ['a FIFO', (path: string) => execFileSync('mkfifo', [path])],
    ['a folder', (path: string) => fs.mkdirSync(path)],
    ['a device', (path: string) => fs.symlinkSync('/dev/zero', path)],
  ])('that is %s is refused at once', async (kind, create) => {
    const path = join(temporaryDirectory(), 'key')
    create(path)
    expect(await errorOf(keyFromFile(path)())).toMatchObject({
      code: 'store',
      message: expect.stringContaining(`is ${kind} instead of a regular file`),
    })
  })

  it('that is far longer than a key is refused, and its content stays out of the error', async () => {
    const path = join(temporaryDirectory(), 'key')
    fs.writeFileSync(path, 'canary'.repeat(20_000), { mode: 0o600 })
    const error = await errorOf(keyFromFile(path)())
    expect(error).toMatchObject({ code: 'store', message: expect.stringContaining('120000 bytes') })
    expect(JSON.stringify(error)).not.toContain('canary')
  })

  it('that others may write is refused, with the command that helps', async () => {
    const path = join(temporaryDirectory(), 'key')
    fs.writeFileSync(path, generateKey())
    fs.chmodSync(path, 0o664)
    expect(await errorOf(keyFromFile(path)())).toMatchObject({
      code: 'store',
      message: `Other users may write the file of the sealing key. Check it, then run: chmod go-w ${path}`,
    })
  })

  it('that is missing or unreadable says so', async () => {
    const path = join(temporaryDirectory(), 'key')
    expect(await errorOf(keyFromFile(path)())).toMatchObject({
      code: 'store',
      message: `The file of the sealing key, ${path}, could not be read (ENOENT).`,
    })
  })
})
