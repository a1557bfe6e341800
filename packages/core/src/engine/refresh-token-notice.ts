import type { TokenSet } from '../token/held.ts'

const LONGEST_NOTICE_MS = 7 * 86_400_000
const NOTICE_SHARE = 0.2

/** Seven days before its end, or when the last fifth of its life begins, whichever comes later. */
export function noticeFrom({ refreshObtainedAt, obtainedAt }: TokenSet, end: number): number {
  const life = end - (refreshObtainedAt ?? obtainedAt)
  return end - Math.min(LONGEST_NOTICE_MS, life * NOTICE_SHARE)
}
