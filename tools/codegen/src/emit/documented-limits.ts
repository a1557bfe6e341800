import { durationMs } from '../spec/duration.ts'
import { type IssuedLifecycle, refreshTokenOf } from '../spec/lifecycle.ts'
import type { Limit } from '../spec/limits.ts'
import type { AuthorKit } from './author-kit.ts'
import { readableNumber } from './names.ts'

/** The members for what a provider documents about how often, how early and how it may be called. */
export function documentedLimits(kit: AuthorKit, lifecycle: IssuedLifecycle, limitName: string): readonly string[] {
  const { renew, limit, lockout, refresh } = lifecycle
  const { uses, grace } = (refresh && refreshTokenOf(lifecycle)) ?? {}
  return [
    ...(uses === undefined ? [] : [`refreshUses: ${kit.other('limitUses')}(${uses})`]),
    ...(grace === undefined ? [] : [`graceMs: ${readableNumber(durationMs(grace))}`]),
    ...(renew === undefined ? [] : [`renewWithinMs: ${readableNumber(durationMs(renew.within))}`]),
    ...(limit === undefined ? [] : [`limit: ${limitName}`]),
    ...(lockout === undefined ? [] : ['probeRejected: false']),
  ]
}

/** One limit for all servers and clients of a process: each of them has its own count in it. */
export function limitSource(kit: AuthorKit, { calls, per }: Limit, limitName: string): string {
  const options = `{ calls: ${readableNumber(calls)}, perMs: ${readableNumber(durationMs(per))} }`
  return `const ${limitName} = /* @__PURE__ */ ${kit.other('limitCalls')}(${options})`
}
