import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { adjustableClock, simulateBitize } from '@chaveiro/simulator'
import { createAdmin } from '@chaveiro/simulator/admin'
import { listen, type SimulatorServer } from '@chaveiro/simulator/server'
import { describeWith, startChromium } from '@chaveiro/test-servers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectAccount } from '../../simulator/consent.ts'

const PROGRAMS = fileURLToPath(new URL('../../simulator/', import.meta.url))

describeWith(['python3', 'php'], 'tests in other languages', () => {
  let server: SimulatorServer
  let env: Record<string, string>

  beforeEach(async () => {
    const clock = adjustableClock()
    const bitize = simulateBitize({ clock })
    server = await listen(bitize, { admin: createAdmin({ simulators: { bitize }, clock }) })
    const { consumerKey, secretKey } = bitize.credentials
    env = {
      PATH: process.env['PATH'] ?? '',
      BITIZE_URL: server.url.origin,
      BITIZE_CONSUMER_KEY: consumerKey,
      BITIZE_SECRET_KEY: secretKey,
    }
  })
  afterEach(() => server.close())

  const run = (program: string, file: string) => promisify(execFile)(program, [file], { cwd: PROGRAMS, env })

  it('Python tests its client, lets a day pass, and sees what was sent', async () => {
    const { stderr } = await run('python3', 'test_client.py')
    expect(stderr).toMatch(/Ran 3 tests in .+\n\nOK\n/)
  })

  it('PHP tests its client, revokes a token, and sees what was sent', async () => {
    const { stdout } = await run('php', 'client-test.php')
    expect(stdout.trim().split('\n')).toEqual([
      'ok: reads vendors',
      'ok: gets a new token where the old one was revoked',
      'ok: passes on that it was too fast',
      'ok: sends no request too many',
    ])
  })
})

describeWith(['chromium'], 'tests with Playwright', () => {
  it('let a person agree, and wait for the answer', async () => {
    const chromium = await startChromium()
    try {
      const { code, requests } = await connectAccount(await chromium.newPage())
      expect(code).toMatch(/^code-1-/)
      expect(requests).toBe(1)
    } finally {
      await chromium.close()
    }
  })
})
