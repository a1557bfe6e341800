import { isChaveiroError } from '../../errors.ts'
import type { TokenStore } from '../../shared/token-store.ts'
import { expectAbsent, expectRecord, expectStored, expectThat, winnersOf } from './expectations.ts'
import type { Conformance, ConformanceTests } from './suite.ts'

const ROUNDS = 5

/** Many contenders at once, each with its own instance if instances share their storage. */
export function raceTests({ open, key, durable, contenders }: Conformance): ConformanceTests {
  async function together(race: (stores: readonly TokenStore[]) => Promise<void>): Promise<void> {
    const first = await open()
    const others = durable ? await Promise.all(Array.from({ length: contenders - 1 }, async () => open())) : []
    try {
      await race(Array.from({ length: contenders }, (_, index) => others[index - 1] ?? first))
    } finally {
      for (const store of [first, ...others]) await store[Symbol.asyncDispose]()
    }
  }

  async function expectOneWinner(versions: readonly string[], store: TokenStore, name: string): Promise<string> {
    const [winner] = versions
    expectThat(versions.length === 1, `${versions.length} of ${contenders} contenders won.`)
    const record = await expectRecord(store, name)
    expectThat(record.version === winner, 'The record is not that of the contender who won.')
    return record.version
  }

  return {
    'of many who create a record at once exactly one does': () =>
      together(async (stores) => {
        for (let round = 0; round < ROUNDS; round += 1) {
          const name = key()
          const versions = await winnersOf(stores.map((store, index) => store.commit(name, `by ${index}`, null)))
          for (const store of stores) await expectOneWinner(versions, store, name)
        }
      }),
    'of many who replace a version at once exactly one does': () =>
      together(async (stores) => {
        const [store] = stores
        expectThat(store !== undefined, 'A race needs at least one contender.')
        const name = key()
        let version = await store.commit(name, 'start', null)
        for (let round = 0; round < ROUNDS; round += 1) {
          const expected = version
          const versions = await winnersOf(stores.map((one, index) => one.commit(name, `by ${index}`, expected)))
          version = await expectOneWinner(versions, store, name)
        }
      }),
    'of many who replace or delete a version at once exactly one does': () =>
      together(async (stores) => {
        const [store] = stores
        expectThat(store !== undefined, 'A race needs at least one contender.')
        for (let round = 0; round < ROUNDS; round += 1) {
          const name = key()
          const start = await store.commit(name, 'start', null)
          const commits = stores.map((one, index) => one.commit(name, index % 2 === 0 ? null : 'kept', start))
          const versions = await winnersOf(commits)
          expectThat(versions.length === 1, `${versions.length} of ${contenders} contenders won.`)
          const winner = (await Promise.allSettled(commits)).findIndex(({ status }) => status === 'fulfilled')
          if (winner % 2 === 0) await expectAbsent(store, name)
          else await expectStored(store, name, versions[0] ?? '', 'kept')
        }
      }),
    'no increment is lost when many count, each trying until it worked': () =>
      together(async (stores) => {
        const name = key()
        await Promise.all(
          stores.map(async (store) => {
            for (let round = 0; round < ROUNDS; round += 1) await increment(store, name, contenders)
          }),
        )
        const { value } = await expectRecord(stores[0] ?? (await open()), name)
        expectThat(value === String(contenders * ROUNDS), `${contenders * ROUNDS} increments came to ${value}.`)
      }),
  }
}

/** Each conflict means that another contender has counted, so retries are few. The bound stops a store that always conflicts. */
async function increment(store: TokenStore, name: string, contenders: number): Promise<void> {
  for (let left = contenders * ROUNDS * 10; left > 0; left -= 1) {
    const record = await store.read(name)
    try {
      await store.commit(name, String(Number(record?.value ?? 0) + 1), record?.version ?? null)
      return
    } catch (error) {
      if (!isChaveiroError(error) || error.code !== 'conflict') throw error
    }
  }
  throw new Error('A commit with the version just read conflicts again and again.')
}
