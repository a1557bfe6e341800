import { bearerTokenAuthenticationPolicy, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline'
import { HELD, type Subject, versionOf } from '../subject.ts'

/** Its bearer policy: the part that keeps a token for those who send. The credential that gets it is the user's, here ours. */
export const azure: Subject = {
  name: '@azure/core-rest-pipeline',
  version: versionOf('@azure/core-rest-pipeline'),
  purpose:
    'the HTTP pipeline of the Azure SDKs; its bearer policy keeps the token of a credential and refreshes it early',
  leavesOut: {
    'late 401': 'a 401 without a challenge is returned, and causes no refresh',
    'refresh token': 'refresh tokens are the credential’s job',
    errors: 'the errors of token calls are the credential’s',
  },
  open({ url }) {
    const credential = {
      async getToken(
        _: string | string[],
        { tenantId = '', abortSignal }: { tenantId?: string; abortSignal?: unknown } = {},
      ) {
        const controller = new AbortController()
        if (abortSignal instanceof AbortSignal) abortSignal.addEventListener('abort', () => controller.abort())
        const body = new URLSearchParams({ client_id: HELD.clientId, tenant: tenantId })
        const response = await fetch(new URL('/token', url), { method: 'POST', body, signal: controller.signal })
        const answer: Record<string, unknown> = JSON.parse(await response.text())
        const expiresOnTimestamp = Date.now() + Number(answer['expires_in']) * 1_000
        return { token: String(answer['access_token']), expiresOnTimestamp }
      },
    }
    let tenantId: string | undefined
    const policy = bearerTokenAuthenticationPolicy({
      credential,
      scopes: 'scope',
      challengeCallbacks: {
        // As the clients of several tenants do, Key Vault's for example: the tenant goes along with the request.
        async authorizeRequest({ scopes, request, getAccessToken }) {
          const { abortSignal } = request
          const token = await getAccessToken(scopes, {
            ...(abortSignal && { abortSignal }),
            ...(tenantId && { tenantId }),
          })
          request.headers.set('authorization', `Bearer ${token?.token}`)
        },
      },
    })
    const send = async (signal?: AbortSignal): Promise<string> => {
      // The policy insists on https; nothing is sent there.
      const request = createPipelineRequest({ url: 'https://api.example', ...(signal && { abortSignal: signal }) })
      let sent = ''
      await policy.sendRequest(request, async ({ headers }) => {
        sent = headers.get('authorization') ?? ''
        return { request, headers: createHttpHeaders(), status: 200 }
      })
      return sent.replace('Bearer ', '')
    }
    return {
      token({ tenant, signal } = {}) {
        tenantId = tenant
        return send(signal)
      },
      call: async () =>
        (await fetch(new URL('/api', url), { headers: { authorization: `Bearer ${await send()}` } })).status,
    }
  },
}
