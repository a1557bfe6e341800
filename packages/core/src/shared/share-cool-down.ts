import { nextCoolDown } from '../cool-down.ts'
import { stateError } from '../errors.ts'
import { isFields, isInstant, type Note, note } from '../notes.ts'
import { CallFailed, type Policy, type PolicyServices, type Turn } from '../renewal.ts'

/** After a failure, how long other processes leave the account alone. The one that failed has a pause of its own. */
interface SharedCoolDown {
  readonly until: number
  readonly failures: number
  readonly by: string
}
const sharedCoolDown: Note<SharedCoolDown> = /* @__PURE__ */ note('coolDown', isSharedCoolDown)
// Jitter included.
const LONGEST_COOL_DOWN_MS = 450_000

/** Lets the cool-down after a failure hold in the other processes too. */
export function shareCoolDown(): Policy {
  return {
    wrap: (next, services) => async (turn) => {
      requireCoolDownIsOver(turn, services)
      try {
        const grant = await next(turn)
        sharedCoolDown.put(turn.notes, undefined)
        return grant
      } catch (error) {
        noteCoolDown(turn, error, services)
        throw error
      }
    },
  }
}

function requireCoolDownIsOver({ kept }: Turn<unknown>, { clock, self }: PolicyServices): void {
  const { until = 0, by } = sharedCoolDown.of(kept.notes) ?? {}
  const left = until - clock.now()
  if (by !== undefined && by !== self() && left > 0 && left <= LONGEST_COOL_DOWN_MS)
    throw stateError('unavailable', left)
}

/** If an answer may still come, the claim stays and keeps other processes away, so no cool-down is needed. */
function noteCoolDown({ notes, mayStillCome }: Turn<unknown>, error: unknown, services: PolicyServices): void {
  const { clock, random, self } = services
  if (mayStillCome || !(error instanceof CallFailed) || !error.failure.isTried) return
  // A certificate that the server refused is of this process: another one may have read a newer file.
  if (error.code === 'misconfigured') return
  const { kind } = error.failure.verdict
  if (kind !== 'transient' && kind !== 'unexpected-answer' && kind !== 'outcome-unknown') return
  const { failures = 0 } = sharedCoolDown.of(notes) ?? {}
  const next = nextCoolDown({ until: 0, failures }, clock.now(), random)
  sharedCoolDown.put(notes, { until: Math.ceil(next.until), failures: next.failures, by: self() })
}

function isSharedCoolDown(value: unknown): value is SharedCoolDown {
  if (!isFields(value)) return false
  return isInstant(value['until']) && Number.isSafeInteger(value['failures']) && typeof value['by'] === 'string'
}
