import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PemPair } from '@chaveiro/test-servers'
import { onTestFinished } from 'vitest'

/** OpenSSL's own server for one test, which demands a client certificate and refuses with an alert, as most servers do. */
export async function opensslServer(
  own: PemPair,
  clientCa: string,
  version: 'TLSv1.2' | 'TLSv1.3',
): Promise<{ url: URL; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-server-'))
  writeFileSync(join(folder, 'own.pem'), own.key + own.cert)
  writeFileSync(join(folder, 'ca.pem'), clientCa)
  const demands = ['-CAfile', 'ca.pem', '-Verify', '3', '-verify_return_error']
  const listens = ['s_server', '-accept', '127.0.0.1:0', '-cert', 'own.pem', '-key', 'own.pem', '-www']
  const server = spawn('openssl', [...listens, ...demands, version === 'TLSv1.2' ? '-tls1_2' : '-tls1_3'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = once(server, 'exit')
  const close = async (): Promise<void> => {
    server.kill('SIGKILL')
    await exit
    rmSync(folder, { recursive: true, force: true })
  }
  onTestFinished(close)
  let said = ''
  for (;;) {
    const [chunk] = await once(server.stdout, 'data')
    said += String(chunk)
    const port = /ACCEPT .*:(\d+)/.exec(said)?.[1]
    if (port === undefined) continue
    server.stdout.resume()
    server.stderr.resume()
    return { url: new URL(`https://localhost:${port}`), close }
  }
}
