import type { ReceivedRequest } from '@chaveiro/simulator'

/** How often the refresh token that was sent most often was sent, to the operation that refreshes. */
export function mostSent({ requests }: { requests: readonly ReceivedRequest[] }, refresh: string): number {
  const times = new Map<string, number>()
  for (const { operation, token } of requests) {
    if (operation !== refresh || token === undefined) continue
    const name = `${token.family}.${token.generation}`
    times.set(name, (times.get(name) ?? 0) + 1)
  }
  return [...times.values()].reduce((most, count) => Math.max(most, count), 0)
}
