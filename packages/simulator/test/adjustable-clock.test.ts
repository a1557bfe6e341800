import { expect, it, vi } from 'vitest'
import { adjustableClock } from '../src/index.ts'

it('calls back at once what became due while time passed, and not before', async () => {
  const clock = adjustableClock()
  const called: string[] = []
  const due = new Promise<void>((resolve) => {
    clock.timer(() => {
      called.push('day')
      resolve()
    }, 86_400_000)
  })
  clock.timer(() => called.push('month'), 30 * 86_400_000)()
  const cancelled = clock.timer(() => called.push('cancelled'), 1_000)
  cancelled()
  clock.advance(86_399_000)
  clock.advance(1_000)
  await due
  expect(called).toEqual(['day'])
})

it('goes to an instant, and back', () => {
  vi.useFakeTimers({ now: 1_000 })
  const clock = adjustableClock()
  clock.set(5_000)
  expect([clock.now(), clock.offsetMs]).toEqual([5_000, 4_000])
  vi.setSystemTime(2_000)
  expect(clock.now()).toBe(6_000)
  clock.advance(-clock.offsetMs)
  expect(clock.now()).toBe(2_000)
  vi.useRealTimers()
})

it('stays within the dates that exist', () => {
  expect(() => adjustableClock().set(1e300)).toThrow('The clock would leave the dates')
})
