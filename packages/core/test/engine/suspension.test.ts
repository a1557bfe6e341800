import { describe, expect, test } from 'vitest'
import { MINUTE, SECOND, world } from '../support/engine-world.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

describe('a process that was suspended past the end of a call [E4]', () => {
  test('takes the answer that waits in its socket', async () => {
    const { issuer, ask, clock } = world()
    const answer = issuer.hold()
    const asked = ask()
    await answer.asked
    clock.setMonotonic(clock.monotonic() + MINUTE)
    // The timer fires before the socket is read.
    await clock.advance(0)
    answer.give(tokenAnswer('one'))
    expect(await asked).toBe('one')
  })

  test('waits for it no longer than one turn of its event loop', async () => {
    const { issuer, ask, clock } = world()
    const answer = issuer.hold()
    const asked = ask()
    await answer.asked
    clock.setMonotonic(clock.monotonic() + MINUTE)
    await clock.advance(50)
    expect(await asked).toBe('timeout')
  })

  test('was not suspended if the timer is a second late: the call is over', async () => {
    const { issuer, ask, clock } = world({ provider: { replay: { acquire: 'never' } } })
    const answer = issuer.hold()
    const asked = ask()
    await answer.asked
    clock.setMonotonic(clock.monotonic() + 16 * SECOND)
    await clock.advance(0)
    answer.give(tokenAnswer('one'))
    expect(await asked).toBe('timeout')
  })

  test('takes the answer of its store to a commit too', async () => {
    const store = sharedStore()
    const { issuer, ask, clock, heard, until } = world({ store })
    let go = (): void => {}
    const begun = new Promise<void>((resolve) => {
      store.afterCommit = (_, next) => {
        if (next?.includes('"one"') !== true) return undefined
        resolve()
        return new Promise<void>((end) => (go = end))
      }
    })
    issuer.prepare(tokenAnswer('one'))
    const asked = ask()
    await begun
    clock.setMonotonic(clock.monotonic() + MINUTE)
    await clock.advance(0)
    go()
    expect(await until(asked)).toBe('one')
    expect(heard('persist.failed')).toEqual([])
  })
})
