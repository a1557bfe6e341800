import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import type { Row } from './row.ts'
import { startRows } from './start-rows.ts'

const AT_MOST = 2

/** What `chaveiro token` costs with a token in its file store, as a whole process, against one that does nothing. */
export async function cliToken(): Promise<readonly Row[]> {
  const main = join(createRequire(import.meta.url).resolve('chaveiro/package.json'), '../dist/main.js')
  const home = mkdtempSync(join(tmpdir(), 'chaveiro-bench-'))
  try {
    await signIn(main, home)
    return startRows({
      what: '`chaveiro token`, from a file store',
      against: '`node -e 0`',
      subject: { args: [main, 'token', 'bitize'], cwd: home },
      baseline: { args: ['-e', '0'], cwd: home },
      atMost: AT_MOST,
      env: { HOME: home },
    })
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function signIn(main: string, home: string): Promise<void> {
  const simulator = simulateBitize()
  await using server = await listen(simulator)
  const words = ['login', 'bitize', '--server', server.url.origin, '--from-file', '-']
  const child = spawn(process.execPath, [main, ...words], { env: { HOME: home }, stdio: ['pipe', 'ignore', 'pipe'] })
  child.stdin.end(JSON.stringify(simulator.credentials))
  const [[status], said] = await Promise.all([once(child, 'close'), text(child.stderr)])
  if (status !== 0) throw new Error(`chaveiro login failed. It said:\n${said}`)
}
