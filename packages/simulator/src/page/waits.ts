import type { ReceivedRequest } from './api.ts'
import { element } from './dom.ts'
import type { PageTexts } from './texts.ts'

/** A call that got a token, or is about to, with those before that were refused and those after that had the new one. */
export interface Wait {
  readonly call: ReceivedRequest
  readonly rejected: readonly ReceivedRequest[]
  readonly served: readonly ReceivedRequest[]
}

const nameOf = (token: { readonly family: number; readonly generation: number } | undefined): string | undefined =>
  token && `${token.family}.${token.generation}`

const UNAUTHORIZED = 401

/**
 * The calls that got tokens, newest last. A request waits for the call that came next at its provider after its token was
 * refused. A call that has no answer yet is one of an operation that brought a token before, or that wasn't seen without one.
 */
export const waitsIn = (requests: readonly ReceivedRequest[]): readonly Wait[] => {
  const named = ({ provider, operation }: ReceivedRequest): string => `${provider} ${operation}`
  const withToken = new Set(requests.filter(({ issued }) => issued !== undefined).map(named))
  const without = new Set(requests.filter((one) => one.outcome === 'answered' && one.issued === undefined).map(named))
  const mayBring = (one: ReceivedRequest): boolean =>
    one.operation !== undefined && (withToken.has(named(one)) || !without.has(named(one)))
  const isCall = (one: ReceivedRequest): boolean =>
    one.issued !== undefined || (one.outcome === 'pending' && mayBring(one))
  const calls = requests.filter(isCall)
  return calls.map((call) => {
    const before = calls.filter((one) => one.provider === call.provider && one.id < call.id).at(-1)?.id ?? 0
    const own = requests.filter((one) => one.provider === call.provider && !isCall(one))
    return {
      call,
      rejected: own.filter((one) => one.status === UNAUTHORIZED && one.id > before && one.id < call.id),
      served: own.filter((one) => call.issued && nameOf(one.token) === nameOf(call.issued) && (one.status ?? 0) < 400),
    }
  })
}

const SHOWN = 3

/** The diagram: a line for each of the last calls, with those who waited before it and those who were served after it. */
export const drawWaits = (waits: readonly Wait[], texts: PageTexts): readonly Node[] => {
  if (waits.length === 0) return [element('p', { class: 'quiet' }, texts.labels['noWaits'] ?? '')]
  return [element('ol', {}, ...waits.slice(-SHOWN).map((wait) => rowOf(wait, texts)))]
}

const rowOf = ({ call, rejected, served }: Wait, texts: PageTexts): HTMLElement => {
  const { provider, token, issued } = call
  const isRefresh = token !== undefined && (issued === undefined || token.family === issued.family)
  const words = texts.call(isRefresh ? nameOf(token) : undefined, nameOf(issued))
  return element(
    'li',
    {},
    element('span', { class: rejected.length > 0 ? 'box rejected' : 'box' }, texts.rejected(rejected.length)),
    arrow(),
    element('span', { class: issued === undefined ? 'box call under-way' : 'box call' }, `${provider}: ${words}`),
    arrow(),
    element('span', { class: served.length > 0 ? 'box served' : 'box' }, texts.served(served.length)),
  )
}

/** For the eye: the order of the words says the same. */
const arrow = (): HTMLElement => element('span', { class: 'arrow', 'aria-hidden': 'true' })
