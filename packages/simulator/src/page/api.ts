// What the page reads and sends: the admin API next to it, and nothing else.

import type { components } from '../generated/admin-schema.ts'

type Schemas = components['schemas']
export type State = Schemas['State']
export type ReceivedRequest = Schemas['ReceivedRequest']
export type Token = Schemas['Token']
export type Fault = Schemas['Fault']

const at = (path: string): string => `.${path}`

export const readState = async (): Promise<State> => {
  const state: State = await (await fetch(at('/state'))).json()
  return state
}

export const readRequests = async (): Promise<readonly ReceivedRequest[]> => {
  const { requests }: { requests: readonly ReceivedRequest[] } = await (await fetch(at('/requests?limit=200'))).json()
  return requests
}

export const send = async (method: string, path: string, body?: object): Promise<void> => {
  const headers = { 'content-type': 'application/json' }
  await fetch(at(path), { method, ...(body !== undefined && { headers, body: JSON.stringify(body) }) })
}

/** Listens until the page is closed. The browser connects again by itself. */
export const listen = (on: {
  readonly request: (request: ReceivedRequest) => void
  readonly changed: (what: string) => void
  readonly connected: (isConnected: boolean) => void
}): void => {
  const source = new EventSource(at('/events'))
  source.addEventListener('request', ({ data }) => on.request(JSON.parse(data)))
  source.addEventListener('changed', ({ data }) => on.changed(JSON.parse(data).what))
  source.addEventListener('open', () => on.connected(true))
  source.addEventListener('error', () => on.connected(false))
}
