import type { InputFact, ProviderFacts, ServerVariable } from '@chaveiro/core/provider'
import type { Described } from './description.ts'

/** Inputs that together open an account. */
export interface SignInMethod {
  /** By name; the first one is in no other method. */
  readonly inputs: readonly string[]
  /** The token itself is among them, so there is nothing to obtain or to renew: only a request tells whether it works. */
  readonly holdsToken?: true
}

/** What a package states: its facts, and for a provider with a host for each tenant what tells them apart. */
export interface StatedFacts extends ProviderFacts {
  readonly serverVariables?: Readonly<Record<string, Tenant>> | undefined
  /** What a person is told about inputs and parts of a host in Portuguese, by name. */
  readonly inPortuguese?: Readonly<Record<string, string>> | undefined
}

/** A part of a host, as the command asks for it. */
export type Tenant = ServerVariable & Described

/** An input as the command asks for it: a certificate is a file, with a second one and a passphrase where it needs them. */
export interface CliInput extends InputFact, Described {
  /** Of a certificate. The description is the command's own. */
  readonly part?: 'key' | 'passphrase' | undefined
}

/** The facts, with the sign-in methods: usually one, with all inputs. */
export interface CliFacts extends StatedFacts {
  readonly inputs: Readonly<Record<string, CliInput>>
  readonly signInMethods: readonly SignInMethod[]
}

/** The method that these inputs belong to. */
export function signInMethodOf(
  { signInMethods }: CliFacts,
  inputs: Readonly<Record<string, string>>,
): SignInMethod | undefined {
  return signInMethods.find(
    (method) => signInMethods.length === 1 || method.inputs.slice(0, 1).some((first) => inputs[first]),
  )
}

/** The inputs of a method, with their facts. */
export function factsOf({ inputs }: CliFacts, method: SignInMethod): [string, CliInput][] {
  return method.inputs.flatMap((name): [string, CliInput][] => {
    const fact = inputs[name]
    return fact === undefined ? [] : [[name, fact]]
  })
}

/** Those that it cannot do without. */
export function neededFor(facts: CliFacts, method: SignInMethod): [string, CliInput][] {
  return factsOf(facts, method).filter(([, fact]) => !mayBeAbsent(fact))
}

/** The same, as one reads it: `username, password`. */
export function nameOf(facts: CliFacts, method: SignInMethod): string {
  return neededFor(facts, method)
    .map(([name]) => name)
    .join(', ')
}

/** Does an account do without this input? */
export function mayBeAbsent({ default: fallback, optional }: InputFact): boolean {
  return fallback !== undefined || optional === true
}
