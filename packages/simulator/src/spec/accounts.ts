import { type AccountShelf, credentialFields } from '../account-shelf.ts'
import type { JsonObject } from '../json.ts'
import { textIn } from '../json.ts'
import { type KeyPair, makeKeyPair, publicKeyOf } from './private-keys.ts'
import type { SpecCall, SpecFacts } from './read-spec.ts'
import { sampleText } from './sample.ts'

/** What an account is known by and proves itself with: the inputs of the spec, by name. */
export type SpecCredentials = Readonly<Record<string, string>>

/** An account that is accepted. */
export interface SpecAccount {
  readonly name: string
  readonly inputs: SpecCredentials
  /** For what it signs, by the input that has the private key. */
  readonly publicKey: (input: string) => Promise<JsonObject | undefined>
}

export interface SpecAccounts extends AccountShelf {
  register(credentials: SpecCredentials): string
  list(): readonly SpecAccount[]
  secrets(): readonly string[]
  /** Forgets every account. */
  clear(): void
}

/** The accounts that a played spec accepts. */
export const createAccounts = ({ inputs, calls }: SpecFacts): SpecAccounts => {
  const accounts = new Map<string, SpecAccount>()
  const named = nameInput(inputs)
  const keys = new Set(calls.flatMap(keyInputs).map(([input]) => input))
  const register = (credentials: SpecCredentials): string => {
    const missing = [...inputs].find(([input, { optional }]) => optional !== true && credentials[input] === undefined)
    if (missing !== undefined) throw new TypeError(`credentials.${missing[0]}: required, but missing`)
    const name = named === undefined ? 'simulated' : (credentials[named] ?? '')
    const publicKeys = new Map<string, Promise<JsonObject | undefined>>()
    const publicKey = (input: string): Promise<JsonObject | undefined> => {
      const known = publicKeys.get(input) ?? publicKeyOf(credentials[input] ?? '')
      publicKeys.set(input, known)
      return known
    }
    accounts.set(name, { name, inputs: credentials, publicKey })
    return name
  }
  const isSecret = (input: string): boolean => inputs.get(input)?.['secret'] === true
  return {
    register,
    list: () => [...accounts.values()],
    names: () => [...accounts.keys()],
    add: (json) => {
      const fields = credentialFields(json, [...inputs.keys()])
      const given = [...inputs.keys()].flatMap((input) => {
        const value = fields.optionalText(input)
        return value === undefined ? [] : [[input, value] as const]
      })
      return register(Object.fromEntries(given))
    },
    end: (name) => {
      accounts.delete(name)
    },
    secrets: () => {
      const all = [...accounts.values()].flatMap(({ inputs: own }) => Object.entries(own))
      return all.flatMap(([input, value]) => (isSecret(input) || keys.has(input) ? [value] : []))
    },
    clear: () => accounts.clear(),
  }
}

/** Which input an account is named by: the one that the spec says, or the first one that isn't secret. */
const nameInput = (inputs: SpecFacts['inputs']): string | undefined => {
  const all = [...inputs]
  const isName = ([, { identity }]: readonly [string, JsonObject]): boolean => identity === true
  const isPublic = ([, { secret }]: readonly [string, JsonObject]): boolean => secret !== true
  return (all.find(isName) ?? all.find(isPublic) ?? all[0])?.[0]
}

/** Credentials that the documents allow. Those of each number are others. */
export const madeUpCredentials = async ({ inputs, calls }: SpecFacts, number: number): Promise<SpecCredentials> => {
  const named = nameInput(inputs)
  // One key fits one algorithm: where calls differ, that of the first.
  const keys = new Map([...calls].reverse().flatMap(keyInputs))
  const pairs = new Map<string, KeyPair>()
  for (const [input, alg] of keys) pairs.set(input, await makeKeyPair(alg))
  return Object.fromEntries(
    [...inputs].map(([input, facts]) => {
      const pair = pairs.get(input)
      if (pair !== undefined) return [input, pair.privateKey]
      const fallback = textIn(facts, 'default')
      if (fallback !== undefined && input !== named) return [input, fallback]
      return [input, numbered(sampleText(schemaOf(calls, input), input), number)]
    }),
  )
}

/** The inputs that a call signs with, and how. */
const keyInputs = ({ bindings }: SpecCall): readonly (readonly [string, string])[] =>
  bindings.flatMap(({ bound }) => (bound.kind === 'assertion' ? [[bound.key, bound.alg] as const] : []))

const schemaOf = (calls: readonly SpecCall[], input: string) => {
  const all = calls.flatMap(({ bindings }) => bindings)
  return all.find(({ bound, schema }) => bound.kind === 'input' && bound.name === input && schema !== undefined)?.schema
}

/** The text of the first account, or one for a later account: its last characters are the number, or it is added. */
const numbered = (text: string, number: number): string => {
  if (number === 1) return text
  const digits = /\d+$/.exec(text)?.[0] ?? ''
  if (digits === '') return `${text}-${number}`
  return text.slice(0, -digits.length) + String(number).padStart(digits.length, '0')
}
