import type { Answer, Point } from '../../src/messages.ts'
import type { Fleet } from './fleet.ts'

/** What a fault did to one lifetime, as its injector knows; the rest is counted at the provider. */
export interface Course {
  /** What the callers met who asked while the store was there. */
  readonly answers: readonly Answer[]
  /** What they met who asked while it was not. */
  readonly inOutage?: readonly Answer[]
  /** Holders that did not come to the end of their turn. */
  readonly abandoned?: number
  /** Of those, the ones whose token call had reached the provider: its answer was lost, or came too late. */
  readonly cutOff?: number
}

export interface Fault {
  readonly name: string
  /** Does it need a server that can be ended? A disk? */
  readonly needs?: 'server' | 'disk'
  inject(fleet: Fleet): Promise<Course>
}

export const FAULTS: readonly Fault[] = [
  { name: 'kill -9 before sending', inject: (fleet) => killAt(fleet, 'in-turn', { cutOff: 0 }) },
  { name: 'kill -9 after sending, not applied', inject: (fleet) => killAfterSending(fleet, false) },
  { name: 'kill -9 after sending, applied', inject: (fleet) => killAfterSending(fleet, true) },
  { name: 'kill -9 between answer and commit', inject: (fleet) => killAt(fleet, 'answered', { cutOff: 1 }) },
  { name: 'kill -9 after commit', inject: killAfterCommit },
  { name: 'SIGSTOP past the claim, while claiming', inject: (fleet) => suspendAt(fleet, 'claimed') },
  { name: 'SIGSTOP past the claim, before sending', inject: (fleet) => suspendAt(fleet, 'in-turn') },
  { name: 'SIGSTOP past the claim, after sending', inject: suspendAfterSending },
  { name: 'store down when all ask', needs: 'server', inject: downAtStart },
  { name: 'store down between sending and commit', needs: 'server', inject: downInMidRefresh },
  { name: 'slow disk', needs: 'disk', inject: slowDisk },
]

const TOKEN_CALLS = ['authenticate', 'refreshAccessToken'] as const
// A step of a commit takes this long, so a commit of a dozen steps stays just below the engine's 5 s.
const SLOW_STEP_MS = 250
// After a failure of the store the engine leaves it alone for 1 to 1.5 s, and tells its callers so (retryAfterMs).
const STORE_COOLDOWN_MS = 2_000

async function killAt(fleet: Fleet, point: Point, { cutOff }: { cutOff: number }): Promise<Course> {
  const { member, others } = await fleet.holdOne(point)
  await member.kill()
  const answers = await fleet.passing(others)
  await fleet.replace(member)
  return { answers, abandoned: 1, cutOff }
}

async function killAfterCommit(fleet: Fleet): Promise<Course> {
  return { ...(await killAt(fleet, 'committed', { cutOff: 0 })), abandoned: 0 }
}

async function killAfterSending(fleet: Fleet, processed: boolean): Promise<Course> {
  const { member, others } = await holdAnswer(fleet, processed)
  await member.kill()
  const answers = await fleet.passing(others)
  await fleet.replace(member)
  return { answers, abandoned: 1, cutOff: 1 }
}

async function suspendAt(fleet: Fleet, point: Point): Promise<Course> {
  const { member, others, own } = await fleet.holdOne(point)
  member.suspend()
  // It lies in the pipe until the process wakes.
  member.go()
  const answers = await fleet.passing(others)
  member.resume()
  return { answers: [...answers, ...present(await fleet.passing(own))], abandoned: 1 }
}

async function suspendAfterSending(fleet: Fleet): Promise<Course> {
  const { member, others, own, release } = await holdAnswer(fleet, true)
  member.suspend()
  // The answer waits in its socket.
  release()
  const answers = await fleet.passing(others)
  member.resume()
  return { answers: [...answers, ...present(await fleet.passing(own))], abandoned: 1, cutOff: 1 }
}

async function downAtStart(fleet: Fleet): Promise<Course> {
  await fleet.place.server?.kill()
  const inOutage = await fleet.ask()
  await fleet.place.server?.restart()
  await endOutage(fleet)
  return { answers: await fleet.ask(), inOutage }
}

async function downInMidRefresh(fleet: Fleet): Promise<Course> {
  const { others, own, release } = await holdAnswer(fleet, true)
  await fleet.place.server?.kill()
  release()
  const inOutage = await fleet.passing(others)
  // The process that has the answer serves it, and stores it when that is possible again.
  const served = present(await fleet.passing(own))
  await fleet.place.server?.restart()
  await endOutage(fleet)
  return { answers: [...served, ...(await fleet.ask())], inOutage }
}

async function slowDisk(fleet: Fleet): Promise<Course> {
  await fleet.tellAll({ order: 'slow-disk', stepMs: SLOW_STEP_MS })
  const answers = await fleet.ask()
  await fleet.tellAll({ order: 'slow-disk', stepMs: 0 })
  return { answers }
}

/** All ask; the one that sends is known, and its answer is held back. `processed`: the provider has done its work. */
export async function holdAnswer(fleet: Fleet, processed: boolean) {
  const hang = fleet.provider.simulator.faults.next({ kind: 'hang', processed, operation: TOKEN_CALLS })
  const held = await fleet.holdOne('sending')
  held.member.go()
  await hang.met
  return { ...held, release: () => hang.release() }
}

/** The outage lasts until every client has found the server again, and no caller is told to come back later. */
export async function endOutage(fleet: Fleet): Promise<void> {
  await fleet.tellAll({ order: 'reach-store' })
  fleet.clock.jump(STORE_COOLDOWN_MS)
}

function present(answer: Answer | undefined): readonly Answer[] {
  return answer === undefined ? [] : [answer]
}
