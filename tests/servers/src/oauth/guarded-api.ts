import { type Loopback, loopback } from './loopback.ts'

/** What a guard knows of a token that it was shown. */
export type Guard = (token: string) => Promise<{ active: boolean; scope?: string }>

/** One request that the API received. */
interface ApiRequest {
  readonly method: string | undefined
  readonly status: number
  readonly body: string
}

export interface GuardedApi extends Loopback {
  readonly requests: readonly ApiRequest[]
}

const SCOPE_OF: Readonly<Record<string, string>> = { GET: 'vendors:read', POST: 'vendors:write' }

/** An API that answers as RFC 6750 §3 asks: reading needs `vendors:read`, writing `vendors:write`. */
export async function guardedApi(guard: Guard): Promise<GuardedApi> {
  const requests: ApiRequest[] = []
  const server = await loopback(() => async (request, response) => {
    const body = (await request.setEncoding('utf8').toArray()).join('')
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const { active, scope } = token === undefined ? { active: false } : await guard(token)
    const needed = SCOPE_OF[request.method ?? ''] ?? ''
    const status = !active ? 401 : scope?.split(' ').includes(needed) ? 200 : 403
    if (status === 401) response.setHeader('www-authenticate', 'Bearer realm="shop", error="invalid_token"')
    if (status === 403) response.setHeader('www-authenticate', `Bearer error="insufficient_scope", scope="${needed}"`)
    requests.push({ method: request.method, status, body })
    response.writeHead(status).end()
  })
  return { ...server, requests }
}
