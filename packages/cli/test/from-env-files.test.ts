import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { genpagContainer, mountSecret } from './support/container.ts'

// Each command is a process, and CI runs others at the same time.
const MINUTES = 120_000

it(
  'reads secrets from mounted files, through a link as Kubernetes mounts them',
  async () => {
    const { home, variables, server } = await genpagContainer()
    const { GENPAG_SELLER_ID = '', GENPAG_REFRESH_TOKEN = '' } = variables
    const link = join(home.path, 'link')
    symlinkSync(mountSecret(home, 'token', `${GENPAG_REFRESH_TOKEN}\n`), link)
    const env = {
      GENPAG_SELLER_ID_FILE: mountSecret(home, 'seller', `\uFEFF${GENPAG_SELLER_ID}`),
      GENPAG_REFRESH_TOKEN: '',
      GENPAG_REFRESH_TOKEN_FILE: link,
    }
    expect(await home.run(['token', 'genpag', ...server], { env })).toMatchObject({ status: 0, stderr: '' })
  },
  MINUTES,
)

it(
  'names the variables when the provider denies their values',
  async () => {
    const { home, variables, server } = await genpagContainer()
    const env = { ...variables, GENPAG_REFRESH_TOKEN: 'a-denied-value' }
    const { status, stdout, stderr } = await home.run(['token', 'genpag', ...server], { env })
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toMatch(/\nCheck the values of GENPAG_SELLER_ID and GENPAG_REFRESH_TOKEN\.\n$/)
    expect(stderr).not.toMatch(/chaveiro login|a-denied-value/)
  },
  MINUTES,
)

it(
  'says which file is wrong, before any request',
  async () => {
    const { home, simulator, variables, server } = await genpagContainer()
    const { GENPAG_SELLER_ID = '', GENPAG_REFRESH_TOKEN = '' } = variables
    // The value in place of the path: a mistake that must not show it.
    const env = { GENPAG_SELLER_ID, GENPAG_REFRESH_TOKEN_FILE: GENPAG_REFRESH_TOKEN }
    const outcome = await home.run(['token', 'genpag', ...server, '--json'], { env })
    expect(outcome).toMatchObject({ status: 2, stdout: '' })
    expect(JSON.parse(outcome.stderr).error.message).toContain('GENPAG_REFRESH_TOKEN_FILE')
    expect(outcome.stderr).not.toContain(GENPAG_REFRESH_TOKEN)
    expect(simulator.requests).toHaveLength(0)
  },
  MINUTES,
)
