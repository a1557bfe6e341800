import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { secret } from '@chaveiro/core'
import { fileStore, keyFromFile } from '@chaveiro/stores/file'
import { createSealer, generateKey, keyFromText, type Sealer } from '@chaveiro/stores/sealer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorOf } from './support/error-of.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

const context = { key: 'a'.repeat(64) }
const sealerOf = (id: string, key: string): Sealer => createSealer({ keys: [{ id, key }] })

describe('createSealer', () => {
  it('opens what it sealed, whatever the text', async () => {
    const sealer = sealerOf('1', generateKey())
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (text, key) => {
        expect(await sealer.open(await sealer.seal(text, { key }), { key })).toBe(text)
      }),
    )
  })

  it('names its format and its key, and uses a new nonce of 96 bits each time', async () => {
    const sealer = sealerOf('2026-01', generateKey())
    const sealed = await Promise.all(Array.from({ length: 100 }, () => sealer.seal('same', context)))
    for (const text of sealed) expect(text).toMatch(/^cs1\.2026-01\.[\w-]+$/)
    expect(new Set(sealed.map((text) => text.split('.')[2]?.slice(0, 16))).size).toBe(100)
    // 12 bytes of nonce, the text, 16 bytes of tag.
    expect(Buffer.from(sealed[0]?.split('.')[2] ?? '', 'base64url')).toHaveLength(12 + 4 + 16)
  })

  it('opens nothing under another key of the store [RP12]', async () => {
    const sealer = sealerOf('1', generateKey())
    const sealed = await sealer.seal('text', context)
    expect(await sealer.open(sealed, { key: 'b'.repeat(64) })).toBeUndefined()
  })

  it('opens with an old key, and seals with the first [RP13]', async () => {
    const [old, fresh] = [generateKey(), generateKey()]
    const sealed = await sealerOf('old', old).seal('text', context)
    const rotated = createSealer({
      keys: [
        { id: 'new', key: fresh },
        { id: 'old', key: old },
      ],
    })
    expect(await rotated.open(sealed, context)).toBe('text')
    expect(rotated.isCurrent?.(sealed)).toBe(false)
    const again = await rotated.seal('text', context)
    expect(again).toMatch(/^cs1\.new\./)
    expect(rotated.isCurrent?.(again)).toBe(true)
  })

  it('opens nothing with another key, be its id known or not [RP14]', async () => {
    const sealed = await sealerOf('1', generateKey()).seal('text', context)
    expect(await sealerOf('1', generateKey()).open(sealed, context)).toBeUndefined()
    expect(await sealerOf('2', generateKey()).open(sealed, context)).toBeUndefined()
  })

  it('opens nothing that names another id than it was sealed with, though the key is the same', async () => {
    const key = generateKey()
    const sealed = await sealerOf('1', key).seal('text', context)
    const renamed = sealed.replace('cs1.1.', 'cs1.2.')
    expect(renamed).not.toBe(sealed)
    expect(await sealerOf('2', key).open(renamed, context)).toBeUndefined()
  })

  it('opens nothing that was changed anywhere, cut off, or never sealed', async () => {
    const sealer = sealerOf('1', generateKey())
    const sealed = await sealer.seal('text', context)
    const changes: string[] = []
    for (let index = 0; index < sealed.length; index += 1) {
      expect(await sealer.open(sealed.slice(0, index), context)).toBeUndefined()
      const other = sealed[index] === 'A' ? 'B' : 'A'
      const changed = sealed.slice(0, index) + other + sealed.slice(index + 1)
      changes.push(changed)
    }
    // The last character may carry bits that are not part of any byte.
    for (const changed of changes.slice(0, -1)) expect(await sealer.open(changed, context)).toBeUndefined()
    for (const text of ['', 'plain', '{"v":1}', `${sealed}.more`, sealed.replace('cs1', 'cs2'), 'cs1.1.é']) {
      expect(await sealer.open(text, context)).toBeUndefined()
    }
  })

  it('asks for a key once, when it is first needed, and again after a failure', async () => {
    let calls = 0
    const key = generateKey()
    const sealer = createSealer({
      keys: [
        {
          id: '1',
          key: async () => {
            calls += 1
            if (calls === 1) throw new Error(`cannot bring ${key}`)
            return secret(key)
          },
        },
      ],
    })
    expect(calls).toBe(0)
    const error = await errorOf(sealer.seal('text', context))
    expect(error).toMatchObject({ code: 'store', message: expect.stringContaining('The sealing key 1 cannot be used') })
    expect(inspect(error)).not.toContain(key)
    await Promise.all([sealer.seal('text', context), sealer.seal('text', context)])
    expect(calls).toBe(2)
  })

  it('refuses keys and ids that cannot be meant', () => {
    const key = generateKey()
    const refused = [
      [],
      [{ id: '', key }],
      [{ id: 'a.b', key }],
      [
        { id: '1', key },
        { id: '1', key },
      ],
      [{ id: '1', key: 'short' }],
    ]
    for (const keys of refused) expect(() => createSealer({ keys })).toThrow(TypeError)
  })

  it('prints no key', () => {
    const key = generateKey()
    const sealer = sealerOf('1', key)
    expect(inspect(sealer, { depth: null, showHidden: true }) + JSON.stringify(sealer)).not.toContain(key)
    expect(inspect(keyFromText(key), { depth: null, showHidden: true })).not.toContain(key)
  })
})

describe('a key', () => {
  it('is 32 random bytes in base64url', () => {
    expect(generateKey()).toMatch(/^[\w-]{43}$/)
    expect(generateKey()).not.toBe(generateKey())
  })

  it('is read from base64url or base64, padded or not, with white space around it', async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(32)).fill(255, 0, 6)
    const forms = [Buffer.from(bytes).toString('base64url'), `  ${Buffer.from(bytes).toString('base64')}\n`]
    const sealed = await createSealer({ keys: [{ id: '1', key: keyFromText(forms[0]) }] }).seal('text', context)
    for (const form of forms) {
      expect(await createSealer({ keys: [{ id: '1', key: keyFromText(form) }] }).open(sealed, context)).toBe('text')
    }
  })

  it.each([
    [undefined, 'missing or empty'],
    [' \n', 'missing or empty'],
    ['not base64!', 'not base64url or base64'],
    ['c2hvcnQ', 'decodes to 5 bytes instead of 32'],
    ['0123456789abcdef'.repeat(4), 'decodes to 48 bytes instead of 32 (64 characters)'],
  ])('%j is refused with a sentence that says why, how to make one, and not what it was', async (text, why) => {
    const error = await errorOf(Promise.resolve(text).then(keyFromText))
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toContain(why)
    expect(String(error)).toContain('openssl rand -base64 32')
    expect(String(error)).not.toContain(text?.trim() || 'canary')
  })

  it('is read from a file when it is needed, and what is wrong with the file is said', async () => {
    const path = join(temporaryDirectory(), 'sealing-key')
    const sealer = createSealer({ keys: [{ id: '1', key: keyFromFile(path) }] })
    const store = fileStore({ directory: temporaryDirectory(), sealer })
    expect(await errorOf(store.commit('a', 'text', null))).toMatchObject({
      code: 'store',
      message: `The file of the sealing key, ${path}, could not be read (ENOENT).`,
    })
    await writeFile(path, 'c2hvcnQ\n')
    expect(await errorOf(store.commit('a', 'text', null))).toMatchObject({
      code: 'store',
      message: expect.stringContaining(`${path} contains no sealing key. The sealing key decodes to 5 bytes`),
    })
    await writeFile(path, `${generateKey()}\n`)
    await store.commit('a', 'text', null)
    expect(await store.read('a')).toMatchObject({ value: 'text' })
  })
})

describe('a sealer of the application', () => {
  it('is told the key of the record, and its failure is an error of code store that quotes nothing', async () => {
    const keys: string[] = []
    const sealer: Sealer = {
      async seal(text, { key }) {
        keys.push(key)
        return Buffer.from(text).toString('hex')
      },
      open: async () => {
        throw new Error('could not decrypt canary-text')
      },
    }
    const store = fileStore({ directory: temporaryDirectory(), sealer })
    const version = await store.commit('a', 'text', null)
    expect(keys).toEqual(['a'])
    const error = await errorOf(store.read('a'))
    expect(error).toMatchObject({ code: 'store', message: expect.stringContaining('The sealer could not open') })
    expect(inspect(error)).not.toContain('canary')
    await store.commit('a', 'other', version)
  })
})
