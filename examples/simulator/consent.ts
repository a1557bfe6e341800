// A test of a web application with Playwright: a person connects an account, at a simulated provider. `admin` is its admin API.

import { adjustableClock, simulateBling } from '@chaveiro/simulator'
import { createAdmin } from '@chaveiro/simulator/admin'
import { createAdminClient } from '@chaveiro/simulator/client'
import { listen } from '@chaveiro/simulator/server'
import type { Page } from 'playwright-core'

/** What a person does in the browser: agrees at the provider's page, and comes back with a code. */
export async function connectAccount(page: Page): Promise<{ readonly code: string | null; readonly requests: number }> {
  const clock = adjustableClock()
  const bling = simulateBling({ clock })
  const server = await listen(bling, { admin: createAdmin({ simulators: { bling }, clock }) })
  const admin = createAdminClient({ url: server.url })

  try {
    // Where the application would listen: the browser's request is answered by the test.
    const { clientId, redirectUris: [redirectUri = ''] = [] } = bling.credentials
    await page.route(`${redirectUri}?**`, (route) => route.fulfill({ body: 'connected' }))
    const asked = new URL('/Api/v3/oauth/authorize', server.url)
    asked.search = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      state: 'abc',
    }).toString()
    await page.goto(asked.href)
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.waitForURL(`${redirectUri}?**`)

    const { data } = await admin.POST('/requests/wait', {
      body: { provider: 'bling', request: { operation: 'decideConsent', outcome: 'answered' } },
    })
    return { code: new URL(page.url()).searchParams.get('code'), requests: data?.requests.length ?? 0 }
  } finally {
    await server.close()
  }
}
