import { plainInit } from '../http/fetch.ts'
import { isFields } from '../notes.ts'
import type { OperationFact } from '../provider/facts.ts'
import { baseUrlOf } from '../provider/server.ts'

const FORM = 'application/x-www-form-urlencoded'

/** A request of the typed client as its operation wants it: at the operation's own host, and with a form as a form. */
export async function asOperation(request: Request, { content }: OperationFact, from: URL, to: URL): Promise<Request> {
  const isForm = content === 'form' && /^application\/json\b/.test(request.headers.get('content-type') ?? '')
  if (to.href === from.href && !isForm) return request
  const url = baseUrlOf(to) + request.url.slice(baseUrlOf(from).length)
  const text = await request.text()
  const headers = new Headers(request.headers)
  if (isForm) headers.set('content-type', FORM)
  const body = isForm ? formOf(text) : text
  const { signal } = request
  return new Request(url, plainInit(request, { headers, signal, ...(body !== '' && { body }) }))
}

function formOf(json: string): string {
  const fields: unknown = JSON.parse(json)
  const given = Object.entries(isFields(fields) ? fields : {}).filter(([, value]) => value !== null)
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
}
