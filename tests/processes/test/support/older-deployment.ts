import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { THE_ACCOUNT } from '../../src/messages.ts'
import type { ConsentProvider } from './consent-provider.ts'
import type { Fleet } from './fleet.ts'

const PROGRAM = fileURLToPath(new URL('../../dist/older-deployment.js', import.meta.url))

/** An integration with Bling that was there before, with a table of its own. */
export interface OlderDeployment extends Disposable {
  /** Its job runs, as a process of its own. `false`: Bling refused its refresh token. */
  refresh(): Promise<boolean>
  /**
   * Hands the pair of its table over to the fleet, as the migration page says.
   * @param expiresAt When the access token ends. @default 0, so that it is refreshed before the first use
   */
  handOver(fleet: Fleet<ConsentProvider>, expiresAt?: number): Promise<void>
}

/** Starts with an account that a person has connected to it. */
export async function olderDeployment({ simulator, settings, redirectUri }: ConsentProvider): Promise<OlderDeployment> {
  const { server, tokenPath } = settings
  const { clientId, clientSecret = '' } = simulator.credentials
  const folder = mkdtempSync(join(tmpdir(), 'chaveiro-older-'))
  const table = join(folder, 'bling_tokens.json')
  const tokenUrl = new URL(tokenPath, server)
  const page = new URL('/Api/v3/oauth/authorize', server)
  page.search = String(
    new URLSearchParams({ response_type: 'code', client_id: clientId, state: 'x', redirect_uri: redirectUri }),
  )
  const callback = new URL(await simulator.consent(page, { allow: true }))
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`, 'enable-jwt': '1' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
    }),
  })
  if (!response.ok) throw new Error(`The code was not exchanged: ${await response.text()}`)
  writeFileSync(table, await response.text())
  return {
    async refresh() {
      const job = spawn(process.execPath, [PROGRAM, table, tokenUrl.href], {
        stdio: 'inherit',
        env: { ...process.env, BLING_CLIENT_ID: clientId, BLING_CLIENT_SECRET: clientSecret },
      })
      const [code] = await once(job, 'exit')
      return code === 0
    },
    async handOver(fleet, expiresAt = 0) {
      const [member] = fleet.members
      const { access_token: accessToken, refresh_token: refreshToken } = JSON.parse(readFileSync(table, 'utf8'))
      const grant = { accessToken, refreshToken, expiresAt }
      if (member) await fleet.passing(member.tell({ order: 'seed', account: THE_ACCOUNT, grant }))
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
