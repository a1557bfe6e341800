import type { Fault, FaultScope } from '@chaveiro/simulator'
import type { SimulateTexts } from '../messages/simulate.en.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { parseDuration } from '../session/times.ts'

/** A fault, and the provider whose requests it waits for. */
export interface WishedFault {
  /** @default every provider */
  readonly provider: string | undefined
  readonly fault: Fault & FaultScope<string>
}

/** Faults that take no more than their name. */
const BY_NAME = [
  'reset',
  'hang',
  'html',
  'slow-body',
  'cut-body',
  'empty-body',
  'malformed-json',
  'oversized-body',
] as const

const WISH = /^(?:(?<provider>[a-z0-9-]+)(?::(?<operation>\w+))?=)?(?<fault>[a-z0-9:-]+?)(?:\*(?<times>\d+|always))?$/

/** Reads `503`, `bitize=reset`, `bitize:listVendors=delay:2s*3`. */
export function readFault(text: string, session: Session, texts: SimulateTexts): WishedFault {
  const { provider, operation, fault = '', times } = WISH.exec(text)?.groups ?? {}
  const scope = {
    ...(operation !== undefined && { operation }),
    ...(times !== undefined && { times: times === 'always' ? Infinity : Number(times) }),
  }
  const [name = '', length] = fault.split(':')
  const known = length === undefined ? withoutLength(name) : withLength(name, length, session)
  if (known === undefined) throw new Failure(EXIT.usage, 'usage', texts.badFault(text, BY_NAME))
  return { provider, fault: { ...known, ...scope } }
}

function withoutLength(name: string): Fault | undefined {
  if (/^[2-5]\d\d$/.test(name)) return { kind: 'status', status: Number(name) }
  const kind = BY_NAME.find((one) => one === name)
  return kind && { kind }
}

function withLength(name: string, length: string, session: Session): Fault | undefined {
  if (name === 'delay') return { kind: 'delay', delayMs: parseDuration('--fault', length, session) }
  if (name === 'skewed-date') return { kind: 'skewed-date', byMs: parseDuration('--fault', length, session) }
  return undefined
}
