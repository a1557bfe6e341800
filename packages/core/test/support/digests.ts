// What WebCrypto works on, on threads of its own, is the one thing that no fake clock orders. So it is counted, from the
// import of this file on.
const NAMES = ['digest', 'importKey', 'sign'] as const

let pending = 0

const own = crypto.subtle
for (const name of NAMES) {
  const original: unknown = Reflect.get(own, name)
  if (typeof original !== 'function') throw new TypeError(`crypto.subtle has no ${name}()`)
  const counted = async (...given: unknown[]): Promise<unknown> => {
    pending += 1
    try {
      return await Reflect.apply(original, own, given)
    } finally {
      pending -= 1
    }
  }
  Object.defineProperty(own, name, { configurable: true, value: counted })
}

/** How many have not ended. */
export function pendingDigests(): number {
  return pending
}
