import { createBitize } from '@chaveiro/bitize'
import { simulateBitize } from '@chaveiro/simulator'
import type { Stage } from '../stage.ts'

export async function allRejected(
  { clock, network, atOnce }: Stage,
  { callers }: { callers: number },
): Promise<void> {
  const provider = simulateBitize({ clock })
  const bitize = createBitize({
    server: provider.url,
    ...provider.credentials,
    fetch: network(provider),
    clock,
  })
  await bitize.getToken()

  // The provider ends the token hours before it should have expired.
  provider.revoke()

  // All send it, and each gets a 401.
  await atOnce(callers, (headers) =>
    bitize.fetch('/vendors', { headers }),
  )

  await bitize.close()
}
