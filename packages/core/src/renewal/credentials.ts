import { ChaveiroError } from '../errors.ts'
import type { Engine } from '../manager/engine.ts'
import type { InputFact } from '../provider/token-provider.ts'
import { isSecret, reveal, type SecretInput, secret } from '../secret.ts'
import { type AccountRef, toHex } from '../token/token-key.ts'

/** What a token call is made with: the inputs, read just now, and the strings among them that must not leak. */
export interface ResolvedInputs<Inputs> {
  readonly inputs: Inputs
  readonly secrets: readonly string[]
  /** Name and value of each, for the mark. */
  readonly entries: readonly (readonly [string, string])[]
}

/** Calls the `credentials` function and every input that is a function. Late: only when a token call needs them. */
export async function resolveInputs<Inputs, M>(
  engine: Engine<Inputs, M>,
  account: AccountRef,
): Promise<ResolvedInputs<Inputs>> {
  const { provider } = engine
  const facts = provider.inputs ?? {}
  const given = await quietly(provider.id, async () => engine.credentials(account))
  if (typeof given !== 'object' || given === null) return { inputs: given, secrets: [], entries: [] }
  requireInputs(provider.id, facts, given)
  const read: Record<string, string | ReturnType<typeof secret>> = {}
  const secrets: string[] = []
  const entries: [string, string][] = []
  // The object may be a whole options object: of a declared provider only the declared inputs are read.
  for (const name of Object.keys(provider.inputs ?? given)) {
    const value: unknown = Reflect.get(given, name)
    const fact = facts[name]
    if (!isReadable(value, fact)) continue
    const text = await quietly(provider.id, () => reveal(value))
    entries.push([name, text])
    // What no document declares is treated as secret: better a redaction too many.
    if (fact === undefined || fact.secret === true) {
      secrets.push(text)
      read[name] = secret(text)
    } else {
      read[name] = text
    }
  }
  return { inputs: provider.inputs === undefined ? given : Object.assign({}, given, read), secrets, entries }
}

// A function among undeclared inputs may be anything, a signer for example: only declared ones are called.
function isReadable(value: unknown, fact: InputFact | undefined): value is SecretInput {
  return typeof value === 'string' || isSecret(value) || (fact !== undefined && typeof value === 'function')
}

/** Throws a ChaveiroError that names the first missing input and where it could come from. */
function requireInputs(provider: string, facts: Readonly<Record<string, InputFact>>, given: object): void {
  const missing = missingInput(facts, given)
  if (missing !== undefined) throw new ChaveiroError('misconfigured', missing, { provider })
}

/** A sentence about the first input that is missing, or `undefined`. */
export function missingInput(facts: Readonly<Record<string, InputFact>>, given: object): string | undefined {
  for (const [name, fact] of Object.entries(facts)) {
    const value: unknown = Reflect.get(given, name)
    const isGiven = value !== undefined && value !== null && value !== ''
    if (isGiven || fact.optional || fact.default !== undefined) continue
    const remedy = fact.env === undefined ? '' : `; for example ${name}: process.env.${fact.env}`
    return `The input ${name} is missing (${fact.description})${remedy}.`
  }
  return undefined
}

async function quietly<T>(provider: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch {
    // Whatever it says may quote a secret, and it is the user's own function: he can log it there.
    throw new ChaveiroError(
      'unavailable',
      `The credentials function given for ${provider} failed; log its error inside it.`,
      {
        provider,
      },
    )
  }
}

/** A salted mark of the credentials: tells whether they changed, and nothing else about them. */
export async function credentialsMark(
  entries: ResolvedInputs<unknown>['entries'],
  salt: string = newSalt(),
): Promise<string> {
  const encoder = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', encoder.encode(salt), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  const digest = await crypto.subtle.sign('HMAC', key, encoder.encode(JSON.stringify(sorted)))
  return `${salt}.${toHex(new Uint8Array(digest))}`
}

/** Were these the credentials that the mark was made of? */
export async function hasMark(mark: string, entries: ResolvedInputs<unknown>['entries']): Promise<boolean> {
  return (await credentialsMark(entries, mark.slice(0, mark.indexOf('.')))) === mark
}

function newSalt(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)))
}
