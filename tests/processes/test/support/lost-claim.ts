import { type Course, endOutage, holdAnswer } from './faults.ts'
import type { Fleet } from './fleet.ts'
import type { ForgetfulPlace } from './forgetful-places.ts'

/**
 * The store acknowledges a claim and then forgets it, while the claim's holder waits for its answer: the others see
 * no claim, and send the refresh token that is spent. Compare-and-swap keeps one of the two results.
 */
export async function loseClaim(fleet: Fleet, place: ForgetfulPlace): Promise<Course> {
  await place.forgetFromHere()
  const { member, others, own, release } = await holdAnswer(fleet, true)
  await place.lose()
  const inOutage = await fleet.passing(others, member)
  await endOutage(fleet)
  const answers = await fleet.ask(member)
  release()
  const late = await fleet.passing(own)
  return { answers: late === undefined ? answers : [...answers, late], inOutage, abandoned: 1, cutOff: 1 }
}
