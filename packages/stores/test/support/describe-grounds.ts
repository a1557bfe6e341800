import { describeWith } from '@chaveiro/test-servers'
import { afterAll, beforeAll } from 'vitest'
import { GROUNDS, type Ground, type Place } from './places.ts'

/** Describes the same for every kind of store. `newPlace()` is an empty place in it. */
export function describeGrounds(name: string, tests: (newPlace: () => Promise<Place>) => void): void {
  for (const kind of GROUNDS) {
    describeWith(kind.needs, `${name} in ${kind.name}`, () => {
      let ground: Ground | undefined
      beforeAll(async () => {
        ground = await kind.start()
      }, 60_000)
      afterAll(() => ground?.[Symbol.asyncDispose]())
      tests(() => {
        if (ground === undefined) throw new Error('A place can be had while a test runs.')
        return ground.newPlace()
      })
    })
  }
}
