import { format, inspect } from 'node:util'
import { base64 } from './base64.ts'

/**
 * Collects everything that a program could print, and finds secrets in it: as they are, percent- and form-encoded,
 * escaped in JSON, hexadecimal, or in base64 at any offset. It shares no code with what it examines.
 */
export interface LeakScan {
  /** Renders a value in every way at hand and keeps the texts. */
  collect(label: string, value: unknown): void
  /** How many texts were collected: a scan of nothing finds nothing. */
  readonly size: number
  /** Where which secret shows; empty if none does. The secrets themselves are not repeated. */
  leaks(secrets: readonly string[]): string[]
}

export function leakScan(): LeakScan {
  const texts: { label: string; text: string }[] = []
  return {
    collect(label, value) {
      for (const text of renderings(value)) texts.push({ label, text })
    },
    get size() {
      return texts.length
    },
    leaks(secrets) {
      const forms = secrets.flatMap((secret, index) =>
        formsOf(secret).map(([form, text]) => ({ name: `secret ${index} ${form}`, text })),
      )
      const found = texts.flatMap(({ label, text }) =>
        forms.filter((form) => text.includes(form.text)).map(({ name }) => `${label}: ${name}`),
      )
      return [...new Set(found)]
    },
  }
}

function renderings(value: unknown): string[] {
  const ways: (() => unknown)[] = [
    () => String(value),
    () => ['', value].join(''),
    () => JSON.stringify(value),
    () => JSON.stringify(structuredClone(value)),
    () => inspect(structuredClone(value), { depth: Infinity }),
    () => inspect(value),
    () =>
      inspect(value, { depth: Infinity, showHidden: true, getters: true, maxArrayLength: null, maxStringLength: null }),
    () =>
      inspect(value, {
        depth: Infinity,
        showHidden: true,
        customInspect: false,
        maxArrayLength: null,
        maxStringLength: null,
      }),
    () => format('%s %o %O %j', value, value, value, value),
    ...chain(value).flatMap((error) => [
      () => error.message,
      () => error.stack,
      () => error.name,
      () => inspect(Object.getOwnPropertyDescriptors(error), { depth: Infinity }),
    ]),
  ]
  return ways.map((way) => {
    try {
      return String(way())
    } catch (refusal) {
      // What cannot be cloned or serialised says so, and may quote what it met.
      return String(refusal)
    }
  })
}

/** The error, its causes, and the members of aggregates. */
function chain(value: unknown, depth = 0): Error[] {
  if (!(value instanceof Error) || depth > 8) return []
  const members: readonly unknown[] = value instanceof AggregateError ? value.errors : []
  return [value, ...chain(value.cause, depth + 1), ...members.flatMap((member) => chain(member, depth + 1))]
}

function formsOf(secret: string): [string, string][] {
  const bytes = new TextEncoder().encode(secret)
  const inBase64 = [0, 1, 2].map((offset): [string, string] => {
    const text = base64(new Uint8Array([...new Uint8Array(offset), ...bytes]))
    // Only the groups that are made of the secret alone.
    return [
      `in base64 at offset ${offset}`,
      text.slice(offset === 0 ? 0 : 4, (offset + bytes.length) % 3 === 0 ? undefined : -4),
    ]
  })
  const forms: [string, string][] = [
    ['as it is', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    ['form-encoded', new URLSearchParams({ x: secret }).toString().slice(2)],
    ['escaped', JSON.stringify(secret).slice(1, -1)],
    ['in hexadecimal', Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')],
    ...inBase64,
    ...inBase64.map(([name, text]): [string, string] => [
      `${name}, for URLs`,
      text.replaceAll('+', '-').replaceAll('/', '_'),
    ]),
  ]
  return forms.filter(([, text]) => text.length >= 6)
}
