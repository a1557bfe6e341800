import { chmodSync, chownSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryStore, shared } from '@chaveiro/core/shared'
import { expect, it, vi } from 'vitest'
import { serve as texts } from '../../src/messages/serve.en.ts'
import { newKeyRecord, withKey, withoutKey } from '../../src/serve/keys/edit-keys.ts'
import { keysOf, readKeyDocument } from '../../src/serve/keys/key-document.ts'
import { givenKeyFile, ownKeyFile } from '../../src/serve/keys/key-file.ts'
import type { KeyPlace } from '../../src/serve/keys/key-place.ts'
import { sharedKeys } from '../../src/serve/keys/shared-keys.ts'
import { newFolder } from './support/folder.ts'

const NOW = Date.UTC(2026, 10, 1)

const places: readonly [string, () => KeyPlace][] = [
  ['a file of its own', () => ownKeyFile(join(newFolder(), 'below', 'serve-keys.json'), texts)],
  ['a file that is given', () => givenKeyFile(join(newFolder(), 'keys.json'), texts)],
  ['a shared store', () => sharedKeys(shared(memoryStore()), 'redis', texts)],
]

async function add(place: KeyPlace, name: string): Promise<string> {
  const wish = { name, allow: ['bitize/*'], doors: [], rate: undefined, endsAt: undefined }
  const { record, text } = newKeyRecord(wish, NOW, texts)
  await place.change((document) => withKey(document, record, texts))
  return text
}

it.each(places)(
  '%s loses no key of many that are added at once, and keeps none of them in the open',
  async (_, make) => {
    const place = make()
    const names = Array.from({ length: 12 }, (_unused, index) => `key-${index}`)
    const added = await Promise.all(names.map((name) => add(place, name)))
    const document = await place.read()
    expect(document.keys.map(({ name }) => name).sort()).toEqual([...names].sort())
    const kept = JSON.stringify(document)
    for (const text of added) expect(kept).not.toContain(text.slice(-43))
  },
)

it.each(places)('%s has each name once, and no key that was revoked', async (_, make) => {
  const place = make()
  await add(place, 'ci')
  await expect(add(place, 'ci')).rejects.toThrow('There is a key "ci" already.')
  const [key] = (await place.read()).keys
  await place.change((document) => (key === undefined ? document : withoutKey(document, key, NOW, true)))
  expect(await place.read()).toEqual({ v: 1, keys: [], cut: [{ id: key?.id, at: new Date(NOW).toISOString() }] })
  const DAY = 86_400_000
  await place.change((document) => withoutKey(document, { ...blank, id: 'another' }, NOW + DAY, false))
  expect((await place.read()).cut).toEqual([])
})

const blank = newKeyRecord(
  { name: 'blank', allow: [], doors: ['status'], rate: undefined, endsAt: undefined },
  NOW,
  texts,
).record

it('its own file is written for this user alone, and nothing is left beside it', async () => {
  const folder = newFolder()
  const path = join(folder, 'serve-keys.json')
  await add(ownKeyFile(path, texts), 'ci')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  await expect(
    ownKeyFile(path, texts).change(() => {
      throw new Error('no change')
    }),
  ).rejects.toThrow('no change')
  await add(ownKeyFile(path, texts), 'another')
  expect((await ownKeyFile(path, texts).read()).keys).toHaveLength(2)
})

it.each([0o640, 0o604, 0o660, 0o666, 0o644])('its own file is not believed with mode %o', async (mode) => {
  const path = join(newFolder(), 'serve-keys.json')
  const place = ownKeyFile(path, texts)
  await add(place, 'ci')
  chmodSync(path, mode)
  const error = { code: 'store', message: expect.stringContaining(`chmod 600 ${path}`) }
  await expect(place.read()).rejects.toMatchObject(error)
  await expect(add(place, 'another')).rejects.toMatchObject(error)
})

it('its own file may not be a link, and a given one may', async () => {
  const folder = newFolder()
  const [target, link] = [join(folder, 'target.json'), join(folder, 'link.json')]
  await add(ownKeyFile(target, texts), 'ci')
  symlinkSync(target, link)
  await expect(ownKeyFile(link, texts).read()).rejects.toMatchObject({ code: 'store' })
  expect((await givenKeyFile(link, texts).read()).keys).toHaveLength(1)
})

it('a given file may be read by others, and be written by none of them', async () => {
  const path = join(newFolder(), 'keys.json')
  const place = givenKeyFile(path, texts)
  await expect(place.read()).rejects.toMatchObject({ code: 'store', message: texts.keys.fileMissing(path) })
  await add(place, 'ci')
  chmodSync(path, 0o444)
  expect((await place.read()).keys).toHaveLength(1)
  for (const mode of [0o664, 0o646]) {
    chmodSync(path, mode)
    await expect(place.read()).rejects.toMatchObject({ code: 'store' })
  }
})

it('a file of another user is not believed', async () => {
  const path = join(newFolder(), 'keys.json')
  await add(givenKeyFile(path, texts), 'ci')
  const own = process.getuid?.() ?? 0
  // Only root may give a file away; any other user becomes another one.
  if (own === 0) chownSync(path, 12_345, 12_345)
  else vi.spyOn(process, 'getuid').mockReturnValue(own + 1)
  await expect(givenKeyFile(path, texts).read()).rejects.toMatchObject({ message: texts.keys.fileForeign(path) })
  await expect(ownKeyFile(path, texts).read()).rejects.toMatchObject({ message: texts.keys.fileForeign(path) })
})

it('what isn’t a file of keys is an error that quotes nothing of it', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'folder'), { mode: 0o700 })
  await expect(ownKeyFile(join(folder, 'folder'), texts).read()).rejects.toMatchObject({ code: 'store' })
  const path = join(folder, 'serve-keys.json')
  for (const content of ['', 'canary', '{}', '{"v":2,"keys":[],"cut":[]}', '{"v":1,"keys":["canary"],"cut":[]}']) {
    writeFileSync(path, content, { mode: 0o600 })
    await expect(ownKeyFile(path, texts).read()).rejects.toMatchObject({ message: texts.keys.fileDamaged(path) })
  }
})

it('while another command changes the file, a change waits', async () => {
  const path = join(newFolder(), 'serve-keys.json')
  const place = ownKeyFile(path, texts)
  await add(place, 'first')
  writeFileSync(`${path}.lock`, '')
  const waiting = add(place, 'second')
  const seen = (await place.read()).keys.length
  rmSync(`${path}.lock`)
  await waiting
  expect([seen, (await place.read()).keys.length]).toEqual([1, 2])
})

it('when a key was last used is kept beside the file, and in the store; a given file has no place for it', async () => {
  for (const make of [places[0], places[2]]) {
    const { uses } = make?.[1]() ?? {}
    expect(await uses?.read('id')).toBeUndefined()
    await uses?.note('id', NOW)
    expect(await uses?.read('id')).toBe(NOW)
    await uses?.forget('id')
    expect(await uses?.read('id')).toBeUndefined()
  }
  expect(places[1]?.[1]().uses).toBeUndefined()
})

it('a key that gives out tokens and limits paths is not believed, wherever it comes from', () => {
  const wish = { name: 'ci', allow: ['bitize/*'], doors: ['token'], rate: undefined, endsAt: undefined }
  const { record } = newKeyRecord(wish, NOW, texts)
  const document = { v: 1, keys: [record], cut: [] } as const
  expect(keysOf(document)?.size).toBe(1)
  const forged = [
    { ...record, allow: ['bitize/* GET /vendors'] },
    { ...record, allow: ['bitize/* GET'] },
    { ...record, allow: ['nonsense'] },
    { ...record, rate: 'fast' },
    { ...record, endsAt: 'soon' },
  ]
  for (const key of forged) expect(keysOf({ ...document, keys: [key] })).toBeUndefined()
  expect(keysOf({ ...document, keys: [record, record] })).toBeUndefined()
  expect(readKeyDocument(JSON.stringify({ ...document, keys: [{ ...record, doors: ['all'] }] }))).toBeUndefined()
  expect(readKeyDocument(JSON.stringify({ ...document, keys: [{ ...record, sha256: 'short' }] }))).toBeUndefined()
})

it.each([
  [{ allow: [] }, 'Without --allow, a key allows nothing.'],
  [{ allow: [], doors: ['token', 'status'] }, 'Without --allow, a key allows nothing.'],
  [{ allow: ['bitize/* get /x'] }, '--allow "bitize/* get /x" can\'t be understood: write methods in upper case'],
  [{ doors: ['token'], allow: ['bitize/* GET'] }, 'limits methods or paths, but --door token hands out the token'],
  [{ doors: ['proxy', 'token'], allow: ['bitize/*', 'genpag/* /x'] }, '--allow "genpag/* /x" limits'],
  [{ doors: ['all'] }, 'There is no door "all". Use --door with one of: proxy, token, status.'],
  [{ rate: '10' }, '--rate "10" is not a rate.'],
])('the wish %j is refused', (wish, sentence) => {
  const whole = { name: 'ci', allow: ['bitize/*'], doors: [], rate: undefined, endsAt: undefined, ...wish }
  expect(() => newKeyRecord(whole, NOW, texts)).toThrow(sentence)
})

it('a new key opens the proxy door only', () => {
  const wish = { name: 'ci', allow: ['bitize/*'], doors: [], rate: undefined, endsAt: undefined }
  expect(newKeyRecord(wish, NOW, texts).record.doors).toEqual(['proxy'])
  expect(newKeyRecord({ ...wish, doors: ['status', 'token'] }, NOW, texts).record.doors).toEqual(['token', 'status'])
})
