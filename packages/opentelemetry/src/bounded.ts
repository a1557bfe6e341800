// More than one burst of renewals, and little memory.
const MOST = 10_000

/** Sets an entry. The oldest one makes room for it. */
export function put<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.set(key, value)
  if (map.size <= MOST) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
