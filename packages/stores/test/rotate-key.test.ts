import { fileStore } from '@chaveiro/stores/file'
import {
  createSealer,
  generateKey,
  type RotatableStore,
  type RotationProgress,
  rotateKey,
  type Sealer,
} from '@chaveiro/stores/sealer'
import { describe, expect, it } from 'vitest'
import { errorOf } from './support/error-of.ts'
import { temporaryDirectory } from './support/temporary-directory.ts'

const [oldKey, newKey] = [generateKey(), generateKey()]
const before = createSealer({ keys: [{ id: 'old', key: oldKey }] })
const during = createSealer({
  keys: [
    { id: 'new', key: newKey },
    { id: 'old', key: oldKey },
  ],
})
const after = createSealer({ keys: [{ id: 'new', key: newKey }] })

const KEYS = Array.from({ length: 20 }, (_, index) => `account ${index}`)

/** A folder with records that the old key sealed. */
async function oldRecords(): Promise<string> {
  const directory = temporaryDirectory()
  await using store = fileStore({ directory, sealer: before })
  for (const key of KEYS) await store.commit(key, `token of ${key}`, null)
  return directory
}

async function expectOpenWithNewKeyAlone(directory: string): Promise<void> {
  await using store = fileStore({ directory, sealer: after })
  for (const key of KEYS) expect(await store.read(key)).toMatchObject({ value: `token of ${key}` })
}

describe('rotateKey', () => {
  it('seals every record with the first key, and reports each step [RP13]', async () => {
    const directory = await oldRecords()
    const steps: RotationProgress[] = []
    const report = await rotateKey(fileStore({ directory, sealer: during }), { onProgress: (step) => steps.push(step) })
    expect(report).toEqual({ seen: 20, resealed: 20, current: 0, contended: [], unreadable: [] })
    expect(steps.map(({ seen }) => seen)).toEqual(KEYS.map((_, index) => index + 1))
    await expectOpenWithNewKeyAlone(directory)
  })

  it('that was aborted is resumed by running it again', async () => {
    const directory = await oldRecords()
    const store = fileStore({ directory, sealer: during })
    const controller = new AbortController()
    const onProgress = ({ seen }: RotationProgress): void => {
      if (seen === 7) controller.abort(new Error('enough for now'))
    }
    const error = await errorOf(rotateKey(store, { signal: controller.signal, concurrency: 1, onProgress }))
    expect(error).toMatchObject({ message: 'enough for now' })
    expect(await rotateKey(store)).toMatchObject({ seen: 20, resealed: 13, current: 7 })
    await expectOpenWithNewKeyAlone(directory)
  })

  it('leaves what no key opens as it is, and names it [RP14]', async () => {
    const directory = await oldRecords()
    const stranger = fileStore({ directory, sealer: createSealer({ keys: [{ id: 'old', key: generateKey() }] }) })
    const version = await stranger.commit('strange', 'token', null)
    expect(await rotateKey(fileStore({ directory, sealer: during }))).toMatchObject({
      resealed: 20,
      unreadable: ['strange'],
    })
    expect(await stranger.read('strange')).toEqual({ version, value: 'token' })
  })

  it('never replaces what another process wrote in the meantime', async () => {
    const directory = await oldRecords()
    const busy = fileStore({ directory, sealer: before })
    const [key = ''] = KEYS
    // Whenever the record is resealed, another process commits first, with the old key, because it was not restarted yet.
    const store = fileStore({
      directory,
      sealer: {
        ...during,
        async seal(text, context) {
          if (context.key === key) await busy.commit(key, 'by a peer', (await busy.read(key))?.version ?? null)
          return during.seal(text, context)
        },
      },
    })
    expect(await rotateKey(store)).toMatchObject({ resealed: 19, contended: [key] })
    expect(await busy.read(key)).toMatchObject({ value: 'by a peer' })
    expect(await rotateKey(fileStore({ directory, sealer: during }))).toMatchObject({ resealed: 1, current: 19 })
  })

  it('ends with the error of a store that fails, and after what runs', async () => {
    let running = 0
    const store: RotatableStore = {
      ...fileStore({ directory: await oldRecords(), sealer: during }),
      async reseal(key) {
        running += 1
        await new Promise((resolve) => setImmediate(resolve))
        running -= 1
        if (key === 'account 3') throw new Error('down')
        return 'resealed'
      },
    }
    expect(await errorOf(rotateKey(store))).toMatchObject({ message: 'down' })
    expect(running).toBe(0)
  })

  it('refuses a store without a sealer, and a concurrency of none', async () => {
    const directory = await oldRecords()
    expect(await errorOf(rotateKey(fileStore({ directory })))).toBeInstanceOf(TypeError)
    expect(await errorOf(rotateKey(fileStore({ directory, sealer: during }), { concurrency: 0 }))).toBeInstanceOf(
      TypeError,
    )
  })

  it('with a sealer that cannot tell seals all records again', async () => {
    const directory = await oldRecords()
    const sealer: Sealer = {
      seal: (text, context) => during.seal(text, context),
      open: (text, context) => during.open(text, context),
    }
    const store = fileStore({ directory, sealer })
    expect(await rotateKey(store)).toMatchObject({ resealed: 20 })
    expect(await rotateKey(store)).toMatchObject({ resealed: 20, current: 0 })
  })
})
