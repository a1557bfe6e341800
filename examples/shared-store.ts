// Several processes share one token: it is obtained once, sealed in a folder, and adopted by the others.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bitizeProvider } from '@chaveiro/bitize'
import { createTokenManager, type TokenManager } from '@chaveiro/core'
import { simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { fileStore } from '@chaveiro/stores/file'
import { createSealer, generateKey } from '@chaveiro/stores/sealer'

/** Plays it against a simulated Bitize on this machine; each manager stands for a process of its own. */
export async function main(print: (line: string) => void): Promise<void> {
  const simulator = simulateBitize()
  const server = await listen(simulator)
  const directory = await mkdtemp(join(tmpdir(), 'chaveiro-example-'))
  // A real key comes from a secret manager: keyFromText(process.env.CHAVEIRO_SEALING_KEY).
  const sealer = createSealer({ keys: [{ id: '2026-01', key: generateKey() }] })
  const startProcess = (): TokenManager =>
    createTokenManager({
      provider: bitizeProvider({ server: server.url }),
      credentials: () => simulator.credentials,
      store: fileStore({ directory, sealer }),
    })

  const processes = [startProcess(), startProcess(), startProcess()]
  try {
    const answers = await Promise.all(processes.map((tokens) => tokens.account('shop').fetch('/vendors')))
    print(`three processes: ${answers.map(({ status }) => status).join(', ')}`)
    print(`calls of POST /auth: ${simulator.count('authenticate')}`)
    print(`records in the folder: ${(await readdir(directory)).length}`)
  } finally {
    await Promise.all(processes.map((tokens) => tokens.close()))
    await server.close()
    await rm(directory, { recursive: true })
  }
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
