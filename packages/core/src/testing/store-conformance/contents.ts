import { expectAbsent, expectConflict, expectStored } from './expectations.ts'
import type { Conformance, ConformanceTests } from './suite.ts'

// A record is JSON, which has neither U+0000 nor a lone surrogate in it; everything else may occur.
const VALUES: Readonly<Record<string, string>> = {
  'an empty text': '',
  'white space at both ends': ' \t\n a \r\n ',
  'what looks like a version or a number': '00',
  'quotes, braces, backslashes and control characters': `{"a":"\\\\'\\"$1 %s \${x} \u0001\u001f\u007f"}`,
  'a byte order mark, accents, combined and right-to-left characters':
    '\ufeffação é e\u0301 \u202e\u05d0 \u2028\u2029\ufffd',
  'characters beyond the basic plane': '🔑👩‍👩‍👧\u{10ffff}',
  'a megabyte': 'ção🔑 '.repeat(100_000),
}

// No two of them are the same key, whatever a file system, a collation or an object thinks.
const ENDINGS: readonly string[] = [
  ['', 'a', 'A', 'ß', 'ss', 'SS', '\u00e9', 'e\u0301', 'i', 'I', '\u0130', '🔑', '\ufeff'],
  ['/', '/a', '../a', '..', '.', './a', 'a/', 'a.', 'a ', ' a', '\\', 'C:', 'con', '%', '%61', '*', '?', '[a]', '~'],
  ['{a}', '}a', ':', 'a:b', "'", '"', '`', ';--', '$1', '\n', '\t', '__proto__', 'constructor', 'toString', '0'],
  ['x'.repeat(200), `${'x'.repeat(200)}y`],
].flat()

/** Values come back as they were given, and keys are kept apart. */
export function contentTests({ open, key }: Conformance): ConformanceTests {
  const tests: Record<string, () => Promise<void>> = {}
  for (const [what, value] of Object.entries(VALUES)) {
    tests[`a value comes back unchanged: ${what}`] = async () => {
      await using store = await open()
      const name = key()
      const created = await store.commit(name, value, null)
      await expectStored(store, name, created, value)
      await expectStored(store, name, await store.commit(name, `${value}.`, created), `${value}.`)
    }
  }
  return {
    ...tests,
    'keys that look alike, or like paths, patterns and properties, are kept apart': async () => {
      await using store = await open()
      const base = key()
      const versions = new Map<string, string>()
      for (const ending of ENDINGS) {
        await expectAbsent(store, base + ending)
        versions.set(ending, await store.commit(base + ending, `value of ${ending}`, null))
      }
      for (const [ending, version] of versions) await expectStored(store, base + ending, version, `value of ${ending}`)
      for (const [index, [ending, version]] of [...versions].entries()) {
        if (index % 2 === 0) await store.commit(base + ending, null, version)
      }
      for (const [index, [ending, version]] of [...versions].entries()) {
        if (index % 2 === 0) await expectAbsent(store, base + ending)
        else await expectStored(store, base + ending, version, `value of ${ending}`)
      }
    },
    'a key by the name of a property of every object is an ordinary key': async () => {
      await using store = await open()
      for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'then']) {
        // In a place that is used again these may be there from before.
        const before = await store.read(name)
        await expectStored(store, name, await store.commit(name, name, before?.version ?? null), name)
        await expectConflict(store.commit(name, 'other', null))
      }
    },
  }
}
