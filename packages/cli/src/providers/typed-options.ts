import type { ClientOptions } from '@chaveiro/core/provider'
import { withCertificates } from './certificate-inputs.ts'
import type { Inputs, OpenOptions } from './open-options.ts'
import { type Place, serverOption } from './place.ts'
import { type CliFacts, type CliInput, factsOf, mayBeAbsent, signInMethodOf } from './sign-in-method.ts'

/** Turns a place into the options that say which server is meant, checked by the facts. */
export function whereOf<Where extends object>(facts: CliFacts, place: Place): Where {
  const given: object = { ...place.variables, server: serverOption(facts, place) }
  if (!isAt<Where>(facts, given)) throw new TypeError('This place lacks what the provider tells its tenants apart by.')
  return given
}

/** Turns what was read from files and prompts into the options of a typed `create<Provider>()`, checked by its facts. */
export function optionsOf<Options extends ClientOptions>(
  facts: CliFacts,
  inputs: Inputs,
  { place, ...options }: OpenOptions,
): Options {
  const method = signInMethodOf(facts, inputs)
  const known = Object.fromEntries(method === undefined ? [] : factsOf(facts, method))
  const typed = Object.entries(withCertificates(known, inputs)).map(([name, value]) => [
    name,
    known[name]?.kind === 'duration' ? Number(value) : value,
  ])
  const given: object = { ...Object.fromEntries(typed), ...whereOf(facts, place), ...options }
  if (!fits<Options>(known, given)) throw new TypeError('These inputs are not those that the provider takes.')
  return given
}

function isAt<Where>({ serverVariables = {} }: CliFacts, given: object): given is Where & object {
  return Object.keys(serverVariables).every((name) => typeof Reflect.get(given, name) === 'string')
}

function fits<Options>(facts: Readonly<Record<string, CliInput>>, given: object): given is Options & object {
  return Object.entries(facts).every(([name, fact]) => {
    const value: unknown = Reflect.get(given, name)
    if (typeof value === 'number') return fact.kind === 'duration' && value > 0
    if (typeof value === 'function') return fact.kind === 'certificate'
    return typeof value === 'string' ? value !== '' : mayBeAbsent(fact)
  })
}
