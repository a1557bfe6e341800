import { describeWith } from '@chaveiro/test-servers'
import { describe, expect, it } from 'vitest'
import { holdAnswer } from './support/faults.ts'
import { startFleet } from './support/fleet.ts'
import { AFTER_THE_END, signIn } from './support/lifetimes.ts'
import { PLACES } from './support/places.ts'
import { LIFE_MS } from './support/provider.ts'

const IN_THE_WINDOW = 0.78 * LIFE_MS

describe.each(PLACES)('real processes on $name', (kind) => {
  describeWith(kind.needs, `on ${kind.name}`, () => {
    it('two of them that refresh one record in the window at once make one call and end with one generation [MP01]', async () => {
      await using place = await kind.open()
      await using fleet = await startFleet(2, place)
      await fleet.ask()
      expect(fleet.provider.calls()).toBe(1)
      fleet.moveToAge(IN_THE_WINDOW)
      const answers = await fleet.ask()
      expect(answers.map(({ failures }) => failures)).toEqual([[], []])
      expect(answers.map(({ generation }) => generation)).toEqual([2, 2])
      expect(fleet.provider.simulator.count('refreshAccessToken')).toBe(1)
      expect(fleet.provider.calls()).toBe(2)
    })

    it('one killed between answer and commit leaves its claim, which is waited out before another acquires [RP08]', async () => {
      await using place = await kind.open()
      await using fleet = await startFleet(2, place)
      await fleet.ask()
      fleet.moveToAge(AFTER_THE_END)
      const { member, others } = await fleet.holdOne('answered')
      await member.kill()
      const killedAt = fleet.clock.now()
      const [answer] = await fleet.passing(others)
      expect(answer?.failures).toEqual([])
      // The TTL of a claim: the time-out of a token call, 15 s, and 10 s.
      expect(fleet.clock.now() - killedAt).toBeGreaterThan(20_000)
      expect(fleet.provider.simulator.count('authenticate')).toBe(2)
      expect(fleet.provider.simulator.reuses).toBe(0)
    })

    it('one killed in mid-call leaves a token that is sent once more, visibly, when nothing else is left [RP08]', async () => {
      await using place = await kind.open()
      await using fleet = await startFleet(2, place, { canAcquire: false })
      await signIn(fleet)
      fleet.moveToAge(AFTER_THE_END)
      const { member, others } = await holdAnswer(fleet, false)
      await member.kill()
      const [answer] = await fleet.passing(others)
      expect(answer?.failures).toEqual([])
      expect(fleet.events.get('refresh.resent')).toBe(1)
      expect(fleet.provider.simulator.count('refreshAccessToken')).toBe(2)
      expect(fleet.provider.simulator.reuses).toBe(0)
    })

    it('a process that starts later takes what the others have stored, and makes no call', async () => {
      await using place = await kind.open()
      await using fleet = await startFleet(2, place)
      await fleet.ask()
      await Promise.all(fleet.members.map((member) => fleet.replace(member)))
      expect((await fleet.ask()).map(({ generation }) => generation)).toEqual([1, 1])
      expect(fleet.provider.calls()).toBe(1)
    })
  })
})
