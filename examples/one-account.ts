// One account: the first request obtains a token, and when it is refused, a hundred share the next one unnoticed.
import { fileURLToPath } from 'node:url'
import { attemptsOf, createBitize } from '@chaveiro/bitize'
import { simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'

/** Plays it against a simulated Bitize on this machine. With real keys, only `server` and the keys differ. */
export async function main(print: (line: string) => void): Promise<void> {
  const simulator = simulateBitize()
  const server = await listen(simulator)
  const bitize = createBitize({ server: server.url, ...simulator.credentials })
  const stop = bitize.on(({ type, code }) => {
    // Each request that is sent again has its own event: a hundred of them would say nothing new here.
    if (!type.startsWith('request.')) print(`  event: ${[type, code].filter(Boolean).join(', ')}`)
  })
  try {
    const first = await bitize.fetch('/vendors')
    print(`the first request: ${first.status}`)

    simulator.revoke() // Bitize refuses the token from now on
    const crowd = await Promise.all(Array.from({ length: 100 }, () => bitize.fetch('/vendors')))
    const good = crowd.filter(({ status }) => status === 200).length
    print(`a hundred at once, with a refused token: ${good} × 200, ${simulator.count('refreshAccessToken')} refresh`)

    simulator.faults.next({ kind: 'status', status: 503, operation: 'listVendors' })
    const patient = await bitize.fetch('/vendors')
    print(`after a 503: ${patient.status}, at attempt ${attemptsOf(patient)?.attempts}`)

    const token = await bitize.getToken()
    print(`token number ${token.generation} is ${(await bitize.status()).state}`)
  } finally {
    stop()
    await bitize.close()
    await server.close()
  }
}

// Run as a program, not imported.
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(console.log)
