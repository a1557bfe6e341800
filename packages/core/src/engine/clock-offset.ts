import type { CallServices } from '../call/call-services.ts'

/** How far a provider's clock is ahead of ours, as its last answer with a token has shown it. */
export function clockOffset(): Pick<CallServices<never, never>, 'clockOffsetMs' | 'noteClockOffset'> {
  let offsetMs = 0
  return {
    clockOffsetMs: () => offsetMs,
    noteClockOffset(ms) {
      offsetMs = ms
    },
  }
}
