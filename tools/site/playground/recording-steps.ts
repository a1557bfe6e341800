import { isOfApi } from './count-recording.ts'
import type { Recording } from './stage.ts'

/** One thing that happened, to one caller or to many at once. Times are in milliseconds since the scene began. */
export type Step =
  | { readonly kind: 'asked'; readonly count: number; readonly from: number }
  | { readonly kind: 'token-call'; readonly name: string; readonly from: number; readonly to: number }
  | {
      readonly kind: 'requests'
      readonly count: number
      readonly status: number
      readonly from: number
      readonly to: number
    }

/** What the drawing shows, for those who read: what happened together is one step. */
export function recordingSteps({ callers, requests }: Recording): readonly Step[] {
  const steps = new Map<string, Step>()
  for (const { crowd, startedAt } of callers) {
    const key = `asked ${crowd}`
    const count = countOf(steps.get(key)) + 1
    steps.set(key, { kind: 'asked', count, from: startedAt })
  }
  for (const [index, request] of requests.entries()) {
    const { name, status, sentAt, answeredAt } = request
    if (!isOfApi(request)) {
      steps.set(`token call ${index}`, { kind: 'token-call', name, from: sentAt, to: answeredAt })
      continue
    }
    const key = `requests ${sentAt} ${status}`
    const known = steps.get(key)
    const to = known?.kind === 'requests' ? Math.max(known.to, answeredAt) : answeredAt
    steps.set(key, { kind: 'requests', count: countOf(known) + 1, status, from: sentAt, to })
  }
  // A crowd asks before anything else happens at that moment; the order is kept otherwise.
  return [...steps.values()].sort((a, b) => a.from - b.from)
}

function countOf(step: Step | undefined): number {
  return step === undefined || step.kind === 'token-call' ? 0 : step.count
}
