import { describe, expect, test } from 'vitest'
import { allPages, organisationOf, phpDate, tokenId } from '../src/quirks.ts'

interface Page {
  page_count?: number
  items: readonly { id: string }[]
}

describe('an id (A10)', () => {
  test.each([
    ['5347?q=verify&sessionIndex=a18443cb74060f334d1530c01fa21f12c92b19e5', '5347'],
    ['5347', '5347'],
    [5347, '5347'],
    ['?q=verify', undefined],
    ['', undefined],
    [undefined, undefined],
    [{}, undefined],
  ])('%j is %j', (id, handle) => {
    expect(tokenId(id)).toBe(handle)
  })
})

describe('a date of PHP (A09, A12)', () => {
  const date = '2021-01-01 23:59:00.000000'
  const utc = Date.UTC(2021, 0, 1, 23, 59)

  test.each([
    ['an offset (type 1)', { date, timezone_type: 1, timezone: '-03:00' }, utc + 3 * 3_600_000],
    ['UTC (type 2)', { date, timezone_type: 2, timezone: 'UTC' }, utc],
    ['Z (type 2)', { date, timezone_type: 2, timezone: 'Z' }, utc],
    ['UTC (type 3)', { date, timezone_type: 3, timezone: 'UTC' }, utc],
    ['a name (type 3)', { date, timezone_type: 3, timezone: 'America/Sao_Paulo' }, utc + 3 * 3_600_000],
  ])('in %s is read', (_, expires, at) => {
    expect(phpDate(expires)).toEqual({ kind: 'server', at })
  })

  test.each([
    ['an abbreviation', { date, timezone_type: 2, timezone: 'BRT' }],
    ['another abbreviation', { date, timezone_type: 2, timezone: 'EST' }],
    ['no zone', { date }],
    ['a day that there is not', { date: '2021-02-30 00:00:00.000000', timezone: 'UTC' }],
    ['another format', { date: '2021-01-01T23:59:00Z', timezone: 'UTC' }],
  ])('with %s is unreadable, not guessed', (_, expires) => {
    expect(phpDate(expires)).toEqual({ kind: 'unreadable' })
  })

  test('that is not there says nothing', () => {
    expect(phpDate(undefined)).toEqual({ kind: 'absent' })
  })
})

describe('pages (A12, A15, A16)', () => {
  const item = (id: number) => ({ id: String(id) })
  const items = (count: number) => Array.from({ length: count }, (_, index) => item(index))

  test('are read to the last one that is counted', async () => {
    const read = async (page: number) => ({ page_count: 3, items: [item(page)] })
    expect(await allPages(read, (page) => page.items)).toEqual([item(1), item(2), item(3)])
  })

  test('that are not counted are read until one is not full', async () => {
    const asked: number[] = []
    const read = async (page: number): Promise<Page> => {
      asked.push(page)
      return { items: page < 3 ? items(25).map(({ id }) => ({ id: `${page}-${id}` })) : items(4) }
    }
    expect(await allPages(read, (page) => page.items)).toHaveLength(54)
    expect(asked).toEqual([1, 2, 3])
  })

  test('that overlap show a token once', async () => {
    const read = async (page: number) => ({ page_count: 2, items: page === 1 ? items(3) : items(4) })
    expect(await allPages(read, (page) => page.items)).toEqual(items(4))
  })

  test('without a list, and pages without an end, are errors', async () => {
    const missing = allPages(
      async () => ({ page_count: 1 }),
      () => undefined,
    )
    await expect(missing).rejects.toMatchObject({ code: 'malformed-response' })
    const endless = allPages(
      async (page) => ({ page_count: page + 1, items: [] }),
      (page) => page.items,
    )
    await expect(endless).rejects.toThrow('more than 200 pages')
  })
})

test.each([
  [{ _embedded: { businessUnit: { id: 24 } } }, true],
  [{ _embedded: {} }, false],
  [{}, false],
])('the organisation of %j is there: %j (A04)', (user, isThere) => {
  expect(organisationOf(user) !== undefined).toBe(isThere)
})
