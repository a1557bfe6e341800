import { describe, expect, test } from 'vitest'
import { createRetryBudget } from '../../src/retry/retry-options.ts'

describe('a retry budget', () => {
  test('is full until something is taken', () => {
    const budget = createRetryBudget(500)
    expect([budget.left('a'), budget.isFull()]).toEqual([500, true])
    budget.take('a', 14)
    expect([budget.left('a'), budget.left('b'), budget.isFull()]).toEqual([486, 500, false])
  })

  test('is never more than full, and a full origin is forgotten', () => {
    const budget = createRetryBudget(500)
    budget.take('a', 5)
    budget.give('a', 14)
    expect([budget.left('a'), budget.isFull()]).toEqual([500, true])
    budget.give('b', 1)
    expect(budget.isFull()).toBe(true)
  })

  test('remembers a thousand origins, the latest used', () => {
    const budget = createRetryBudget(500)
    for (let nth = 0; nth < 1_000; nth += 1) budget.take(`origin ${nth}`, 5)
    budget.take('origin 0', 5)
    budget.take('one more', 5)
    expect([budget.left('origin 0'), budget.left('origin 1'), budget.left('origin 2')]).toEqual([490, 500, 495])
  })

  test('of nothing has nothing', () => {
    expect(createRetryBudget(0).left('a')).toBe(0)
  })
})
