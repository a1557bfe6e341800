import type { AccountRef } from '../account-ref.ts'
import { isObject } from '../brands.ts'
import type { ClientCertificate } from '../client-certificate.ts'
import type { Clock } from '../clock.ts'
import { ChaveiroError } from '../errors.ts'
import type { InputFact } from '../provider/facts.ts'
import type { ResolvedInputs, Turn } from '../renewal.ts'
import { isSecret, reveal, type Secret, type SecretInput, secret } from '../secret.ts'
import { inTime } from '../timeout.ts'
import type { CallServices } from './call-services.ts'

/** Calls the `credentials` function and every input that is a function, only when a token call needs them. */
export async function resolveInputs<Inputs, M>(
  { provider, credentials }: Pick<CallServices<Inputs, M>, 'provider' | 'credentials'>,
  account: AccountRef,
): Promise<ResolvedInputs<Inputs>> {
  const facts = provider.inputs ?? {}
  const given = await quietly(async () => credentials(account))
  if (!isObject(given)) return { inputs: given, secrets: [], entries: [] }
  const missing = missingInput(facts, given)
  if (missing !== undefined) throw new ChaveiroError('misconfigured', missing)
  const read: Record<string, string | Secret | ClientCertificate> = {}
  const secrets: string[] = []
  const entries: [string, string][] = []
  // The object may be a whole options object. If the provider declares its inputs, only these are read.
  for (const name of Object.keys(provider.inputs ?? given)) {
    const value: unknown = Reflect.get(given, name)
    const fact = facts[name]
    if (fact?.kind === 'certificate') {
      if (isLeftOut(value)) continue
      // The definition was checked: a provider with such an input brings what reads it.
      const given = await provider.certificates?.read(name, value)
      if (given === undefined) continue
      read[name] = given.certificate
      secrets.push(...given.secrets)
      // Another key is another input, as for a text.
      entries.push([name, given.text])
      continue
    }
    if (!isReadable(value, fact)) continue
    const text = await quietly(() => reveal(value))
    entries.push([name, text])
    // An undeclared input counts as secret: better a redaction too many.
    if (fact === undefined || fact.secret === true) {
      secrets.push(text)
      read[name] = secret(text)
    } else {
      read[name] = text
    }
  }
  return { inputs: provider.inputs === undefined ? given : Object.assign({}, given, read), secrets, entries }
}

/** Reads an account's inputs once for each turn, however many calls it makes. */
export function oncePerTurn<Inputs>(
  clock: Clock,
  read: (account: AccountRef) => Promise<ResolvedInputs<Inputs>>,
): (turn: Turn<unknown>) => Promise<ResolvedInputs<Inputs>> {
  const known = new WeakMap<Turn<unknown>, Promise<ResolvedInputs<Inputs>>>()
  return (turn) => {
    const left = turn.budget.until - clock.monotonic()
    const inputs = known.get(turn) ?? inTime(clock, left, () => read(turn.account), turn.signal)
    known.set(turn, inputs)
    return inputs
  }
}

// A function among undeclared inputs may be anything, a signer for example. Only declared ones are called.
function isReadable(value: unknown, fact: InputFact | undefined): value is SecretInput {
  return typeof value === 'string' || isSecret(value) || (fact !== undefined && typeof value === 'function')
}

/** A sentence that names the first missing input and says where it could come from, or `undefined`. */
export function missingInput(facts: Readonly<Record<string, InputFact>>, given: object): string | undefined {
  for (const [name, fact] of Object.entries(facts)) {
    const value: unknown = Reflect.get(given, name)
    if (!isLeftOut(value) || fact.optional || fact.default !== undefined) continue
    const remedy = fact.env === undefined ? '' : `; for example ${name}: process.env.${fact.env}`
    return `The input ${name} is missing (${fact.description})${remedy}.`
  }
  return undefined
}

function isLeftOut(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** Hides what the user's own function throws. */
export async function quietly<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch {
    // The error may quote a secret. The function is the user's own, so it can log the error itself.
    throw new ChaveiroError('unavailable', 'The credentials function failed. Log its error inside it.')
  }
}
