import { describe, expect, test } from 'vitest'
import { sleep } from '../../src/clock.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'

describe('a FakeClock', () => {
  test('stands still until it is moved, and then moves both times', async () => {
    const clock = new FakeClock({ now: 1_000, monotonic: 5 })
    expect([clock.now(), clock.monotonic()]).toEqual([1_000, 5])
    await clock.advance(250)
    expect([clock.now(), clock.monotonic()]).toEqual([1_250, 255])
  })

  test('fires timers in their order, each at its own time', async () => {
    const clock = new FakeClock({ now: 0 })
    const fired: [string, number][] = []
    const note = (name: string) => () => fired.push([name, clock.now()])
    clock.timer(note('late'), 30)
    clock.timer(note('early'), 10)
    clock.timer(note('same time, set later'), 30)
    clock.timer(note('not yet'), 31)
    await clock.advance(30)
    expect(fired).toEqual([
      ['early', 10],
      ['late', 30],
      ['same time, set later', 30],
    ])
    expect([clock.pending, clock.nextTimerMs]).toEqual([1, 1])
  })

  test('lets promises settle between timers, and fires the timers that they set', async () => {
    const clock = new FakeClock()
    const waits: number[] = []
    const work = async (): Promise<void> => {
      for (const ms of [10, 20, 30]) {
        await sleep(clock, ms)
        for (let turn = 0; turn < 100; turn += 1) await Promise.resolve()
        waits.push(clock.monotonic())
      }
    }
    const done = work()
    await clock.advance(60)
    expect(waits).toEqual([10, 30, 60])
    await done
  })

  test('forgets a cancelled timer', async () => {
    const clock = new FakeClock()
    const cancel = clock.timer(() => expect.fail('fired'), 10)
    cancel()
    cancel()
    expect([clock.pending, clock.nextTimerMs]).toEqual([0, undefined])
    await clock.advance(10)
  })

  test('has a wall clock that can be set apart, forward and back', async () => {
    const clock = new FakeClock()
    clock.setNow(50)
    expect([clock.now(), clock.monotonic()]).toEqual([50, 0])
    await clock.advance(10)
    expect([clock.now(), clock.monotonic()]).toEqual([60, 10])
  })

  test('has a monotonic clock that only goes forward, past timers too', async () => {
    const clock = new FakeClock({ now: 0 })
    const fired: number[] = []
    clock.timer(() => fired.push(clock.monotonic()), 10)
    clock.setMonotonic(100)
    expect([fired, clock.now(), clock.nextTimerMs]).toEqual([[], 0, -90])
    await clock.advance(0)
    expect([fired, clock.monotonic()]).toEqual([[100], 100])
    expect(() => clock.setMonotonic(99)).toThrow(RangeError)
  })

  test('tells when the code under test has come to its wait', async () => {
    const clock = new FakeClock()
    const order: string[] = []
    const both = clock.whenPending(2).then(() => order.push('both'))
    const one = clock.whenPending(1).then(() => order.push('one'))
    clock.timer(() => {}, 1)
    await one
    order.push('between')
    clock.timer(() => {}, 1)
    await both
    expect(order).toEqual(['one', 'between', 'both'])
  })

  test('runs a promise to its end, whichever', async () => {
    const clock = new FakeClock()
    expect(await clock.run(sleep(clock, 3_600_000).then(() => 'done'))).toBe('done')
    expect(clock.monotonic()).toBe(3_600_000)
    const error = new Error('no')
    await expect(clock.run(sleep(clock, 5).then(() => Promise.reject(error)))).rejects.toBe(error)
  })

  test('waits in chunks that a real timer can hold', async () => {
    const clock = new FakeClock()
    const month = 40 * 86_400_000
    const done = sleep(clock, month)
    expect(clock.nextTimerMs).toBe(2 ** 31 - 1)
    await clock.run(done)
    expect(clock.monotonic()).toBe(month)
  })
})
