import { isChaveiroError } from '@chaveiro/bitize'
import type { Fetch } from '@chaveiro/core'

/** Sends the same request many times at once; the statuses that came back, counted. */
export async function request(fetch: Fetch, path: string, callers = 1): Promise<string> {
  const statuses = new Map<number, number>()
  await Promise.all(
    Array.from({ length: callers }, async () => {
      const response = await fetch(path)
      await response.text()
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    }),
  )
  return [...statuses].map(([status, count]) => (count === 1 ? `${status}` : `${count} × ${status}`)).join(', ')
}

/** Asks for a token several times; the codes of the errors that came instead. */
export async function codes(getToken: () => Promise<unknown>, callers: number): Promise<string> {
  const seen = new Set<string>()
  for (let caller = 0; caller < callers; caller += 1) {
    await getToken().then(
      () => seen.add('a token'),
      (error: unknown) => seen.add(isChaveiroError(error) ? error.code : 'a surprise'),
    )
  }
  return [...seen].join(', ')
}
