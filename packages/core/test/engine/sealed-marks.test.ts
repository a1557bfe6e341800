import { storeUnsealed } from '@chaveiro/core'
import { memoryStore } from '@chaveiro/core/shared'
import { expect, test } from 'vitest'
import { world } from '../support/engine-world.ts'
import { status } from '../support/scripted-issuer.ts'
import { watchedStore } from '../support/watched-store.ts'

test.each([true, false])(
  'the mark of denied keys is written only where it can not be read (sealed: %s)',
  async (sealed) => {
    const written: (string | null)[] = []
    const store = watchedStore({ ...memoryStore(), sealed }, { afterCommit: (_, next) => void written.push(next) })
    const { issuer, ask } = world({ store, provider: { canRefresh: false }, manager: { [storeUnsealed]: true } })
    issuer.prepare(status(401))
    expect(await ask()).toBe('credentials-rejected')
    expect(await ask()).toBe('credentials-rejected')
    expect(issuer.requests).toHaveLength(1)
    expect(written.some((text) => text?.includes('"mark"'))).toBe(sealed)
  },
)
