import type { Clock } from '@chaveiro/core'
import type { TokenStore } from '@chaveiro/core/shared'

/** Can calls be answered? */
export interface Readiness {
  isReady(): Promise<boolean>
}

const REMEMBERED_MS = 1_000
const PATIENCE_MS = 2_000
const PROBE = 'serve-ready'

/**
 * Ready means that the store answers. It is asked at most once a second, because this question needs no key. No account can
 * make a server unready.
 */
export function readiness(store: Pick<TokenStore, 'read'>, clock: Clock): Readiness {
  let asked: { readonly at: number; readonly answer: Promise<boolean> } | undefined
  return {
    isReady() {
      const now = clock.monotonic()
      if (asked === undefined || now - asked.at >= REMEMBERED_MS) asked = { at: now, answer: answers(store, clock) }
      return asked.answer
    },
  }
}

async function answers(store: Pick<TokenStore, 'read'>, clock: Clock): Promise<boolean> {
  const patience = new AbortController()
  const cancel = clock.timer(() => patience.abort(), PATIENCE_MS)
  const tooLate = new Promise<boolean>((resolve) => patience.signal.addEventListener('abort', () => resolve(false)))
  try {
    const answer = store.read(PROBE, { signal: patience.signal }).then(
      () => true,
      () => false,
    )
    return await Promise.race([answer, tooLate])
  } finally {
    cancel()
  }
}
