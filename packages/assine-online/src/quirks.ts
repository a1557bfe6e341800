// Where Assine Online's answers differ from what one would expect. Each is documented at
// https://docs.assine.online/exemplos/gerando-um-token-de-aplicacao (read in November 2026) and quoted in
// specs/assine-online/SOURCES.md under the number given here.
import { malformed, type Reading, zoned } from '@chaveiro/core/provider'
import type { components } from './generated/schema.ts'

/**
 * A new token's `id` carries a query: `5347?q=verify&sessionIndex=…`, while the list has `5347` (A10). It is cut at the
 * question mark. The page "Sessão" types the id as a number.
 */
export function tokenId(id: unknown): string | undefined {
  if (typeof id === 'number') return String(id)
  if (typeof id !== 'string') return undefined
  const [handle = ''] = id.split('?', 1)
  return handle === '' ? undefined : handle
}

/**
 * `expires` is the way in which PHP prints a DateTime: `{ date, timezone_type, timezone }` (A09, A12). Its zone is an
 * offset (type 1), an abbreviation (type 2) or a name (type 3). An abbreviation other than `UTC` and `Z` means several
 * zones and is unreadable, never guessed.
 */
export function phpDate(expires: components['schemas']['Date'] | undefined): Reading {
  if (expires === undefined || expires === null) return { kind: 'absent' }
  return zoned(expires.date, 'YYYY-MM-DD HH:mm:ss.ffffff', expires.timezone)
}

/** What an answer in HAL tells of its place among the pages. */
interface PageNumbers {
  page_count?: unknown
  page_size?: unknown
}

// No account has this many tokens, so a longer list repeats itself.
const MOST_PAGES = 200

/**
 * The items of all pages, asked for by number. `_links` may point elsewhere (A16: without `/v1`; in one capture to
 * localhost) and are never followed; `total_items` may count more than is shown (A15) and is not read. Where the number of
 * pages is missing, a page that is full is followed by another look.
 * @throws {ChaveiroError} `malformed-response` when the pages do not come to an end.
 */
export async function allPages<Page extends PageNumbers, Item extends { id?: unknown }>(
  read: (page: number) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const items = new Map<unknown, Item>()
  for (let number = 1; number <= MOST_PAGES; number += 1) {
    const page = await read(number)
    const found = itemsOf(page)
    if (!Array.isArray(found)) throw malformed('no list of tokens')
    // By id: while one page is read, a token that ends moves the others forward.
    for (const item of found) items.set(tokenId(item.id) ?? item, item)
    const { page_count: count, page_size: size = 25 } = page
    const isLast = typeof count === 'number' ? number >= count : found.length === 0 || found.length < Number(size)
    if (isLast) return [...items.values()]
  }
  throw malformed(`more than ${MOST_PAGES} pages of tokens`)
}

/**
 * The organisation of a user, if it has one (A04). What the API shows for an account without one is undocumented:
 * a missing member, null, and an empty object or list all mean "no organisation". `scope`, which is `""` in one answer and `{}` in
 * another (A17, A22), is not read at all.
 */
export function organisationOf(user: components['schemas']['User']): object | undefined {
  const unit: unknown = user._embedded?.businessUnit
  return typeof unit === 'object' && unit !== null && Object.keys(unit).length > 0 ? unit : undefined
}
