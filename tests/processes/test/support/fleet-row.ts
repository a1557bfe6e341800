import type { Need } from '@chaveiro/test-servers'
import type { Answer } from '../../src/messages.ts'
import { endOutage } from './faults.ts'
import { type Fleet, type FleetOptions, startFleet } from './fleet.ts'
import { AFTER_THE_END, signIn } from './lifetimes.ts'
import type { Place } from './places.ts'
import { failuresIn, isLost } from './tally.ts'

export type ResendUnknown = 'never' | 'once'

/** What an account with a refresh token, which cannot acquire, is promised when something goes wrong. */
export interface Promised {
  /** How often any one refresh token is sent, at most. */
  readonly sent: number
  /** Whether a person has to sign in again. */
  readonly signIn: 'not needed' | 'may be needed' | 'needed'
}

/** One way in which things go wrong for a fleet, and the promise that is kept. docs/reports/fleet.md shows them all. */
export interface FleetRow<P extends Place = Place> {
  readonly id: string
  readonly goesWrong: string
  readonly store: string
  readonly needs: readonly Need[]
  readonly open: () => Promise<P>
  readonly fleet?: FleetOptions & { readonly size?: number }
  readonly promised: Readonly<Record<ResendUnknown, Promised>>
  /** Makes it go wrong. Returns the answers to callers that have to be served all the same. */
  readonly happens: (fleet: Fleet, place: P) => Promise<readonly Answer[]>
}

/** What came of it, as the provider and the callers saw it. */
export interface Outcome {
  readonly sent: number
  /** Processes whose callers are told, in the end, that a person has to sign in. */
  readonly signedOut: 'none' | 'some' | 'all'
  /** Expired tokens that callers were handed. */
  readonly expired: number
  /** Failures of callers that had to be served. */
  readonly failed: number
  /** Failures that were still there after all was well again, other than a sign-in that is needed. */
  readonly stillFailing: number
}

// Longer than any pause of the engine after failures, taken together.
const RECOVERY_STEPS = 10
const RECOVERY_STEP_MS = 61_000

/** Lets it happen to a fleet of three, with `resendUnknown` set so. */
export async function witness<P extends Place>(row: FleetRow<P>, resendUnknown: ResendUnknown): Promise<Outcome> {
  const { size = 3, ...options } = row.fleet ?? {}
  await using place = await row.open()
  await using fleet = await startFleet(size, place, {
    canAcquire: false,
    presentsTokens: true,
    ...options,
    resendUnknown,
  })
  if (!fleet.canAcquire) await signIn(fleet)
  await fleet.ask()
  const failed = failuresIn(await row.happens(fleet, place))
  const answers = [...(await recovered(fleet)), ...(await nextLifetime(fleet))]
  const lost = answers.filter((answer) => isLost([answer]))
  return {
    sent: fleet.provider.mostSent(),
    signedOut: lost.length === 0 ? 'none' : lost.length === answers.length ? 'all' : 'some',
    expired: fleet.provider.expiredPresented(),
    failed,
    stillFailing: failuresIn(answers.filter((answer) => !lost.includes(answer))),
  }
}

/** What every caller gets when the trouble is over and every pause has passed. */
async function recovered(fleet: Fleet): Promise<readonly Answer[]> {
  await endOutage(fleet)
  let answers = await fleet.ask()
  for (let step = 0; step < RECOVERY_STEPS && failuresIn(answers) > 0; step += 1) {
    fleet.clock.jump(RECOVERY_STEP_MS)
    answers = await fleet.ask()
  }
  return answers
}

async function nextLifetime(fleet: Fleet): Promise<readonly Answer[]> {
  fleet.moveToAge(AFTER_THE_END)
  return recovered(fleet)
}
