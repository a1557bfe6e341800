import { expect, test } from 'vitest'
import { slots } from '../../src/policies/slots.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { errorOf, MINUTE, SECOND } from '../support/engine-world.ts'

const signal = new AbortController().signal
const awaited = () => true

/** One slot, which is taken. `next` says whether another call gets it without any time passing. */
async function takenSlot() {
  const clock = new FakeClock()
  const enter = slots(clock, 1, 25 * SECOND)
  const held = await enter(awaited, signal, MINUTE)
  let isEntered = false
  const next = async (): Promise<boolean> => {
    void enter(awaited, signal, MINUTE).then(() => {
      isEntered = true
    })
    await clock.advance(0)
    return isEntered
  }
  return { clock, enter, held, next }
}

test('a slot that came free as its waiter gave up goes to the next call', async () => {
  const { enter, held, next } = await takenSlot()
  const impatient = new AbortController()
  const gone = errorOf(enter(awaited, impatient.signal, MINUTE))
  held.leave()
  impatient.abort(new Error('gone'))
  expect(await gone).toMatchObject({ message: 'gone' })
  expect(await next()).toBe(true)
})

test.each([
  [25 * SECOND - 1, false],
  [25 * SECOND, true],
])('after %d ms the slot of a holder that must be dead is free: %s', async (ms, isFree) => {
  const { clock, next } = await takenSlot()
  await clock.advance(ms)
  expect(await next()).toBe(isFree)
})

test('a waiter takes the slot of a dead holder by itself', async () => {
  const { clock, enter } = await takenSlot()
  let isEntered = false
  void enter(awaited, signal, MINUTE).then(() => {
    isEntered = true
  })
  await clock.advance(25 * SECOND)
  expect(isEntered).toBe(true)
})

test('a call that no one waits for any more lets waiting callers go first', async () => {
  const { clock, enter, held } = await takenSlot()
  const order: string[] = []
  const come = async (name: string, isAwaited: boolean) => {
    const slot = await enter(() => isAwaited, signal, MINUTE)
    order.push(name)
    slot.leave()
  }
  const all = [come('background', false), come('caller', true)]
  held.leave()
  await clock.advance(0)
  expect(order).toEqual(['caller', 'background'])
  await Promise.all(all)
})

test('the last slot goes to a call in the background when none of them runs, so that callers do not starve it', async () => {
  const clock = new FakeClock()
  const enter = slots(clock, 2, 25 * SECOND)
  const held = [await enter(awaited, signal, MINUTE), await enter(awaited, signal, MINUTE)]
  const order: string[] = []
  const come = (name: string, isAwaited: boolean): void =>
    void enter(() => isAwaited, signal, MINUTE).then(() => {
      order.push(name)
    })
  come('caller', true)
  come('background', false)
  held[0]?.leave()
  await clock.advance(0)
  expect(order).toEqual(['background'])
})
