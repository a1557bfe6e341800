import type { Call } from '../incoming-request.ts'
import { isJsonObject, type Json, textIn, writtenText } from '../json.ts'
import { problemOfClaims, readJwt } from '../oauth/jwt.ts'
import type { SpecAccount } from './accounts.ts'
import { type Binding, carriedIn } from './bindings.ts'
import type { BoundValue } from './bound-value.ts'
import type { CarriedToken, Play, Played } from './play.ts'
import type { SpecCall } from './read-spec.ts'

/** What keeps a request from being this call; undefined: nothing. It holds no value of the request. */
export const misfitOf = ({ bindings }: SpecCall, call: Call): string | undefined => {
  for (const { where, bound, optional, read } of bindings) {
    const value = read(call)
    if (value === undefined) {
      if (!optional) return `${where}: required, but missing`
    } else if (bound.kind === 'constant' && !isSame(value, bound.value)) return `${where}: another value is expected`
  }
  return undefined
}

/** How much of a call a request brings: of two that fit, the one that says more is meant. */
export const broughtBy = ({ bindings }: SpecCall, call: Call): number =>
  bindings.filter(({ read }) => read(call) !== undefined).length

/** Forms, headers and queries are text. */
export const isSame = (given: Json, wanted: Json): boolean =>
  JSON.stringify(given) === JSON.stringify(wanted) || (typeof given === 'string' && given === writtenText(wanted))

/** Says who sends a token call, or what is wrong with its keys. */
export const identify = async (
  play: Play,
  spec: SpecCall,
  call: Call,
): Promise<Pick<Played, 'account' | 'carried'> | string> => {
  const carried = carriedFor(play, spec.operation.alternatives, call)
  if (typeof carried === 'string') return carried
  const asking = carried === undefined ? undefined : { carried: carried.token.owner.clientId }
  const proofs = spec.bindings.filter(({ bound }) => bound.kind === 'input' || bound.kind === 'assertion')
  const isNamed = proofs.length > 0 || asking !== undefined
  if (!isNamed) return { account: undefined, carried }
  for (const account of play.accounts.list()) {
    if (asking !== undefined && asking.carried !== account.name) continue
    if (await isProven(play, { account, call, proofs })) return { account, carried }
  }
  return 'the account is unknown, or what proves it is wrong'
}

interface Claim {
  readonly account: SpecAccount
  readonly call: Call
  readonly proofs: readonly Binding[]
}

const isProven = async (play: Play, { account, call, proofs }: Claim): Promise<boolean> => {
  for (const { bound, read } of proofs) {
    const value = read(call)
    if (value === undefined) continue
    const isRight =
      bound.kind === 'assertion'
        ? await isSigned(play, { account, bound, text: writtenText(value) })
        : bound.kind === 'input' && isSame(value, account.inputs[bound.name] ?? null)
    if (!isRight) return false
  }
  return true
}

interface SignedText {
  readonly account: SpecAccount
  readonly bound: Extract<BoundValue, { kind: 'assertion' }>
  readonly text: string
}

/** RFC 7523 §3: signed by the account, addressed to this server, and used once. */
const isSigned = async (play: Play, { account, bound, text }: SignedText): Promise<boolean> => {
  const jwt = readJwt(text)
  if (typeof jwt === 'string') return false
  const key = await account.publicKey(bound.key)
  if (key === undefined || !(await jwt.isSignedBy([key]))) return false
  const { aud, ...claims } = bound.claims
  const isNamed = Object.entries(claims).every(([name, value]) => isClaimed(jwt.claims[name], value, account))
  const audiences =
    typeof aud === 'string'
      ? [aud]
      : Object.values(isJsonObject(aud) ? aud : {}).filter((one) => typeof one === 'string')
  const now = play.clock.now()
  const isSpent = (jti: string): boolean => play.spent.has(jti)
  if (!isNamed || problemOfClaims(jwt.claims, { audiences, now, longestMs: DAY_MS, isSpent }) !== undefined)
    return false
  play.spent.add(textIn(jwt.claims, 'jti') ?? '')
  return true
}

const DAY_MS = 86_400_000

const isClaimed = (given: Json | undefined, written: Json, { inputs }: SpecAccount): boolean => {
  const [, input] = typeof written === 'string' ? (/^\$inputs\.(\w+)$/.exec(written) ?? []) : []
  if (input !== undefined) return given === undefined || isSame(given, inputs[input] ?? null)
  // Scopes are what the account asks for.
  return typeof written === 'object' || (given !== undefined && isSame(given, written))
}

/** The token that authorizes a request, where one has to; or what is wrong with it. */
export const carriedFor = (
  { facts, tokens }: Play,
  alternatives: readonly (readonly string[])[],
  call: Call,
): CarriedToken | string | undefined => {
  const issued = new Set(facts.issued.map(({ name }) => name))
  const wanted = alternatives.map((names) => names.filter((name) => issued.has(name)))
  if (wanted.length === 0 || wanted.some((names) => names.length === 0)) return undefined
  let problem = 'access token missing'
  for (const [name = ''] of wanted) {
    const scheme = facts.schemes.get(name)
    const value = scheme && carriedIn(call.headers, scheme)
    if (scheme === undefined || value === undefined) continue
    const token = tokens.of(scheme).find(value)
    if (token?.kind === 'access' && token.state === 'live') return { value, token }
    // Of several schemes, the one that issued it knows more.
    if (token?.kind === 'access') problem = `access token ${token.state}`
    else if (problem === 'access token missing') problem = 'access token unknown'
  }
  return `header.authorization: ${problem}`
}
