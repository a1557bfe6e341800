import type { PathRule } from '../proxy/exchange.ts'

/** One `--allow` of a key: which accounts, and what through the proxy door. */
export interface Allowance {
  readonly provider: string
  /** `*`: every account of the provider. */
  readonly account: string
  readonly rule: PathRule
}

/** Why a text isn't a rule. */
export type AllowanceFault = 'shape' | 'account' | 'method' | 'path'

const ACCOUNT = /^([a-z0-9][a-z0-9-]*)\/(\*|[a-z0-9][\w.@+-]{0,63})$/i
const METHODS = /^[A-Z]+(?:,[A-Z]+)*$/
// The server refuses them at its door, so a rule that allows them would promise too much.
const NEVER = ['CONNECT', 'TRACE']
// What the proxy refuses in every path can't be in a rule: it would never match.
const UNMATCHABLE = /[\\%?#;\p{Cc}]/u

/**
 * Reads `provider/account [METHOD,METHOD] [/path]`. In the path `*` is one segment and `**` any number of them; the other
 * segments are as they are once percent-decoded.
 */
export function readAllowance(text: string): Allowance | AllowanceFault {
  const [subject = '', ...words] = text.split(' ')
  const [first = '', second] = words
  if (words.length > 2 || text !== text.trim() || words.includes('')) return 'shape'
  const [, provider, account] = ACCOUNT.exec(subject) ?? []
  if (provider === undefined || account === undefined) return 'account'
  const isPathAlone = first.startsWith('/')
  if (isPathAlone && second !== undefined) return 'shape'
  const methods = readMethods(isPathAlone ? '' : first)
  const path = readPath((isPathAlone ? first : second) ?? '')
  if (methods === undefined) return 'method'
  if (path === undefined) return 'path'
  return { provider, account, rule: { methods, path, text } }
}

/** Does the rule restrict what is called, beyond whose account it is? */
export function isNarrow({ rule: { methods, path } }: Allowance): boolean {
  return methods.length > 0 || path.length > 0
}

/** Is this account among those of the rule? */
export function covers(allowance: Allowance, provider: string, account: string): boolean {
  return allowance.provider === provider && (allowance.account === '*' || allowance.account === account)
}

function readMethods(word: string): readonly string[] | undefined {
  if (word === '') return []
  const methods = word.split(',')
  return METHODS.test(word) && !methods.some((method) => NEVER.includes(method)) ? methods : undefined
}

function readPath(word: string): readonly string[] | undefined {
  if (word === '') return []
  if (!word.startsWith('/') || UNMATCHABLE.test(word)) return undefined
  const segments = word.slice(1).split('/')
  const isFine = (segment: string): boolean =>
    segment === '*' || segment === '**' || (segment !== '' && !/^\.{1,2}$/.test(segment) && !segment.includes('*'))
  return segments.every(isFine) ? segments : undefined
}
