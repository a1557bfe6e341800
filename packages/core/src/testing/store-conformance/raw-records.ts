import { expectConflict, expectRecord, expectStored, expectThat } from './expectations.ts'
import type { Conformance, ConformanceTests, RawRecords } from './suite.ts'

const VALUE = JSON.stringify({ token: 'canary-4711-canary', padding: 'x'.repeat(500) })

/** What a crash, a bad disk or an attacker does past the store. */
export function rawTests(suite: Conformance): ConformanceTests {
  const { raw, sealed, noticesDamage } = suite
  if (!raw) return {}
  return {
    ...(noticesDamage ? damageTests(suite, raw) : {}),
    ...(sealed ? sealTests(suite, raw) : {}),
  }
}

function damageTests({ open, key }: Conformance, raw: RawRecords): ConformanceTests {
  const damages: Readonly<Record<string, (text: string) => string>> = {
    'cut off in the middle': (text) => text.slice(0, text.length / 2),
    emptied: () => '',
    'overwritten with something else': () => 'nothing of ours',
  }
  const tests: Record<string, () => Promise<void>> = {}
  for (const [what, damage] of Object.entries(damages)) {
    tests[`a record that was ${what} is there without a value, and is replaced only by who saw it so`] = async () => {
      await using store = await open()
      const name = key()
      const before = await store.commit(name, VALUE, null)
      await raw.write(name, damage(await raw.read(name)))
      const { value, version } = await expectRecord(store, name)
      expectThat(value === undefined, 'A damaged record was given out as a good one.')
      expectThat((await expectRecord(store, name)).version === version, 'A damaged record changes its version.')
      await expectConflict(store.commit(name, 'new', null))
      if (version !== before) await expectConflict(store.commit(name, 'new', before))
      await expectStored(store, name, await store.commit(name, 'new', version), 'new')
    }
  }
  return tests
}

function sealTests({ open, key }: Conformance, raw: RawRecords): ConformanceTests {
  return {
    'what is stored shows nothing of the value': async () => {
      await using store = await open()
      const name = key()
      await store.commit(name, VALUE, null)
      const stored = await raw.read(name)
      for (const trace of [VALUE, 'canary-4711', btoa(VALUE).slice(4, 40), encodeURIComponent(VALUE).slice(0, 40)]) {
        expectThat(!stored.includes(trace), 'The stored text shows the value.')
      }
    },
    'the same value is never stored the same way twice': async () => {
      await using store = await open()
      const name = key()
      const version = await store.commit(name, VALUE, null)
      const stored = await raw.read(name)
      await store.commit(name, VALUE, version)
      expectThat(stored !== (await raw.read(name)), 'Sealing the same value gives the same text.')
    },
    "a record that was moved to another account's place does not open there": async () => {
      await using store = await open()
      const [from, to] = [key(), key()]
      await store.commit(from, VALUE, null)
      await store.commit(to, 'other', null)
      await raw.write(to, await raw.read(from))
      const { value } = await expectRecord(store, to)
      expectThat(value === undefined, "Another account's record was opened.")
    },
  }
}
