import type { ReceivedRequest } from '@chaveiro/simulator'
import type { SimulateTexts } from '../messages/simulate.en.ts'
import { printJson, type Session } from '../session/session.ts'
import { coloursFor } from '../terminal/colours.ts'
import { cells } from '../terminal/fit.ts'
import type { RunningSimulators } from './start-simulators.ts'

const SECONDS = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const

/** Prints a line for each request, once it is over or hangs. Returns what ends that. */
export function startLog(session: Session, texts: SimulateTexts, { providers }: RunningSimulators): () => void {
  const width = Math.max(...providers.map(({ id }) => id.length))
  const ends = providers.map(({ id, simulator }) =>
    simulator.subscribe((event) => {
      if (event.kind === 'reset') return
      const { request } = event
      const isHeld = request.outcome === 'pending' && request.fault === 'hang'
      if (session.json) printJson(session, { event: 'request', provider: id, ...request })
      else if (request.outcome !== 'pending' || isHeld) {
        session.stdout.write(`${logLine(session, texts, id.padEnd(width), request)}\n`)
      }
    }),
  )
  return () => {
    for (const end of ends) end()
  }
}

function logLine({ stdout, env }: Session, texts: SimulateTexts, provider: string, request: ReceivedRequest): string {
  const { receivedAt, method, path, status, fault, outcome } = request
  const colours = coloursFor(stdout, env)
  const time = new Date(receivedAt).toLocaleTimeString(texts.locale, SECONDS)
  const shown = status === undefined ? texts.noStatus[outcome] : String(status)
  const paint = status === undefined || status >= 500 ? colours.red : status >= 400 ? colours.yellow : colours.green
  const met = fault === undefined ? '' : `  ${colours.magenta(texts.fault(fault))}`
  const call = `${method} ${path}`
  const gap = ' '.repeat(Math.max(1, 34 - cells(call)))
  return `${colours.dim(time)}  ${provider}  ${call}${gap}${paint(shown)}  ${meaningOf(request, texts)}${met}`
}

/** What a request came to, in words. */
function meaningOf(request: ReceivedRequest, texts: SimulateTexts): string {
  const { operation, issued, token, detail, outcome, status, exposed } = request
  const warning = exposed.length === 0 ? '' : `  ${texts.exposed(exposed)}`
  const name = (one: { readonly family: number; readonly generation: number }): string =>
    `${one.family}.${one.generation}`
  if (outcome !== 'answered') return texts.outcomes[outcome] + warning
  if (operation === undefined) return texts.noOperation + warning
  if (issued !== undefined) {
    const isRefresh = token !== undefined && token.family === issued.family && token.generation < issued.generation
    return (isRefresh ? texts.refreshed(name(token), name(issued)) : texts.issued(name(issued))) + warning
  }
  if (detail !== undefined) return `${texts.refusals[detail] ?? detail}${warning}`
  if (token !== undefined && (status ?? 0) < 400) return texts.called(operation, name(token)) + warning
  return operation + warning
}
