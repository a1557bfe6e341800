import { describeWith } from '@chaveiro/test-servers'
import { describe, expect, it } from 'vitest'
import { startFleet } from './support/fleet.ts'
import { PLACES } from './support/places.ts'

const PROCESSES = 64

describe.each(PLACES)('64 processes on $name', (kind) => {
  describeWith(kind.needs, `on ${kind.name}`, () => {
    it('that are cold on one key make one token call, and all have its token', async () => {
      await using place = await kind.open()
      await using fleet = await startFleet(PROCESSES, place)
      const answers = await fleet.ask()
      expect(answers).toHaveLength(PROCESSES)
      expect(answers.flatMap(({ failures }) => failures)).toEqual([])
      expect(new Set(answers.map(({ generation }) => generation))).toEqual(new Set([1]))
      expect(fleet.provider.calls()).toBe(1)
    })
  })
})
