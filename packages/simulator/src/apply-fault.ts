import { type Answer, respond, serialise } from './answer.ts'
import { cutBody, oversizedBody, slowBody } from './body-stream.ts'
import { type SimulatorClock, startTimer, waitFor } from './clock.ts'
import type { AlteredFieldFault, MissingFieldFault, StatusFault } from './fault.ts'
import type { MetFault } from './fault-queue.ts'
import { isJsonObject } from './json.ts'
import { connectionReset } from './network-error.ts'

/** One request on its way to the provider. */
export interface Exchange {
  /** Lets the provider do its work. Called at most once. */
  readonly process: () => Promise<Answer>
  /** An answer in the provider's error model, where that knows the status. */
  readonly refuse: (status: number, detail: string) => Answer
  readonly clock: SimulatorClock
  readonly signal: AbortSignal | undefined
}

/** Answers an exchange as the fault wants it, or throws as a broken connection does. */
export const applyFault = async ({ fault, released }: MetFault, exchange: Exchange): Promise<Response> => {
  const { process, clock, signal } = exchange
  const send = (answer: Answer, body?: string | ReadableStream<Uint8Array>): Response =>
    respond(answer, clock.now(), body)
  // Where the answer is lost, the work is done anyway.
  const done = 'processed' in fault && fault.processed === true ? await process() : undefined

  switch (fault.kind) {
    case 'status':
      return send(withStatus(fault, exchange))
    case 'reset':
      throw connectionReset()
    case 'hang':
      await waitFor(released, signal)
      return send(done ?? (await process()))
    case 'delay':
      await waitFor((resume) => startTimer(clock, resume, fault.delayMs), signal)
      return send(await process())
    case 'html':
      return send({ status: fault.status ?? 200, headers: { 'content-type': 'text/html; charset=utf-8' } }, PAGE)
    case 'redirect':
      return send({ status: fault.status ?? 307, headers: { location: String(fault.location) } })
    case 'slow-body': {
      const { everyMs = 1_000, pieces = 4 } = fault
      const answer = await process()
      return send(answer, slowBody(serialise(answer), { everyMs, pieces, clock, signal }))
    }
    case 'cut-body': {
      const answer = await process()
      return send(answer, cutBody(serialise(answer)))
    }
    case 'empty-body':
      return send(await process(), '')
    case 'malformed-json': {
      const answer = await process()
      return send(answer, serialise(answer).slice(0, -1))
    }
    case 'missing-field':
    case 'altered-field':
      return send(withField(await process(), fault))
    case 'oversized-body': {
      const answer = await process()
      return send(answer, oversizedBody(serialise(answer), fault.sizeBytes ?? 5_242_880))
    }
    case 'skewed-date':
      return respond(await process(), clock.now() + fault.byMs)
  }
}

const PAGE = '<!doctype html><title>Simulated page</title><p>A proxy answers in place of the provider.</p>'

const withStatus = (fault: StatusFault, { refuse }: Exchange): Answer => {
  const answer = refuse(fault.status, 'a fault prepared by the test')
  const headers = { ...answer.headers, ...retryAfterHeader(fault.retryAfter), ...fault.headers }
  return { status: fault.status, headers, body: fault.body === undefined ? answer.body : fault.body }
}

const retryAfterHeader = (value: number | Date | string | undefined): Record<string, string> =>
  value === undefined ? {} : { 'retry-after': typeof value === 'object' ? value.toUTCString() : String(value) }

const withField = (answer: Answer, fault: MissingFieldFault | AlteredFieldFault): Answer => {
  const { body } = answer
  if (!isJsonObject(body)) return answer
  const others = Object.entries(body).filter(([name]) => name !== fault.field)
  const altered = fault.kind === 'missing-field' ? [] : [[fault.field, fault.value]]
  return { ...answer, body: Object.fromEntries([...others, ...altered]) }
}
