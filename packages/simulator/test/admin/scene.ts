import { Validator } from '@cfworker/json-schema'
import { expect } from 'vitest'
import { createAdmin } from '../../src/admin.ts'
import { document } from '../../src/generated/admin.ts'
import {
  type AdjustableClock,
  adjustableClock,
  type BitizeSimulator,
  type GenpagSimulator,
  simulateBitize,
  simulateGenpag,
} from '../../src/index.ts'
import type { OpenApiOperation } from '../../src/openapi-document.ts'
import { type BitizeClient, createClient } from '../bitize-client.ts'

/** Two simulators and the admin API over them, in this process. Every answer is compared with the document. */
export interface AdminScene {
  readonly bitize: BitizeSimulator
  readonly genpag: GenpagSimulator
  readonly clock: AdjustableClock
  readonly client: BitizeClient
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** Sends JSON, and returns the status and the JSON that came back. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>
  /** The operations that were called with success. */
  readonly succeeded: ReadonlySet<string>
}

export const openScene = (): AdminScene => {
  const clock = adjustableClock()
  const bitize = simulateBitize({ clock })
  const genpag = simulateGenpag({ clock })
  const admin = createAdmin({ simulators: { bitize, genpag }, clock })
  const succeeded = new Set<string>()

  const fetch = async (path: string, init?: RequestInit): Promise<Response> => {
    const response = await admin.fetch(new Request(`http://127.0.0.1/__simulator${path}`, init))
    const operation = operationOf(init?.method ?? 'GET', path)
    if (operation === undefined) return response
    await compare(operation, response)
    if (response.ok) succeeded.add(operation.operationId)
    return response
  }
  return {
    bitize,
    genpag,
    clock,
    client: createClient(bitize.fetch, bitize.url, bitize.credentials),
    fetch,
    call: async (method, path, body) => {
      const json =
        body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      const response = await fetch(path, { method, ...json })
      const text = await response.text()
      const read: unknown = text === '' ? undefined : JSON.parse(text)
      return { status: response.status, body: read }
    },
    succeeded,
  }
}

const operationOf = (method: string, path: string): OpenApiOperation | undefined => {
  const pathname = path.split('?', 1)[0] ?? ''
  const found = Object.entries(document.paths).find(([pattern]) =>
    new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  )
  return found?.[1][method.toLowerCase()]
}

/** Fails for a status or a body that the document doesn't have. */
const compare = async ({ operationId, responses }: OpenApiOperation, response: Response): Promise<void> => {
  const documented = responses[response.status] ?? (response.ok ? undefined : responses['default'])
  expect(documented, `${operationId} answers ${response.status}, which isn't documented`).toBeDefined()
  const [type, media] = Object.entries(documented?.content ?? {})[0] ?? []
  if (type === undefined || media?.schema === undefined) return expect(await response.clone().text()).toBe('')
  expect(response.headers.get('content-type')).toContain(type)
  if (type === 'text/event-stream') return
  const schema: object = JSON.parse(JSON.stringify(media.schema))
  const { errors } = new Validator(schema, '2020-12').validate(await response.clone().json())
  expect(errors.map(({ instanceLocation, error }) => `${operationId}: ${instanceLocation} ${error}`)).toEqual([])
}
