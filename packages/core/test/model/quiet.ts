import { setImmediate } from 'node:timers/promises'

// What a body in memory takes to be read.
const TURNS = 12

let digests = 0

/**
 * Counts what WebCrypto works on, on threads of its own: the one thing in a history that neither the scheduler nor a
 * fake clock orders. Returns what undoes it.
 */
export function countDigests(): () => void {
  const own = crypto.subtle
  const names = ['digest', 'importKey', 'sign'] as const
  for (const name of names) {
    const original: unknown = Reflect.get(own, name)
    if (typeof original !== 'function') throw new TypeError(`${name} is no function`)
    const counted = async (...given: unknown[]): Promise<unknown> => {
      digests += 1
      try {
        return await Reflect.apply(original, own, given)
      } finally {
        digests -= 1
      }
    }
    Object.defineProperty(own, name, { configurable: true, value: counted })
  }
  return () => {
    for (const name of names) Reflect.deleteProperty(own, name)
  }
}

/** Resolves when everything has happened that can happen without the clock and without the scheduler. */
export async function quiet(): Promise<void> {
  do for (let turn = 0; turn < TURNS; turn += 1) await setImmediate()
  while (digests > 0)
}
