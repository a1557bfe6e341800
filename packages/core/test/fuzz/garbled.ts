import { readFileSync } from 'node:fs'
import fc from 'fast-check'

/** Inputs that were once misread, or that some server will send. Add every input that breaks a reader. */
export function corpus(name: 'expiry' | 'retry-after' | 'listing' | 'records'): readonly unknown[] {
  return JSON.parse(readFileSync(new URL(`corpus/${name}.json`, import.meta.url), 'utf8'))
}

/** A text like this one, with something in it changed, left out, doubled or put in. */
export function garbled(text: string): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.constantFrom(...Array.from('0123456789'), ':', '-', '+', '.', ' ', 'T', 'Z', '"', '\\', '\0', '９'),
    fc.string({ maxLength: 3 }),
  )
  const change = fc.record({ at: fc.nat(text.length), length: fc.nat(2), piece })
  return fc.array(change, { maxLength: 3 }).map((changes) => {
    let changed = text
    for (const { at, length, piece: put } of changes) changed = changed.slice(0, at) + put + changed.slice(at + length)
    return changed
  })
}
