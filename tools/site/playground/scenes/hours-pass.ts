import { createBitize } from '@chaveiro/bitize'
import { simulateBitize } from '@chaveiro/simulator'
import type { Stage } from '../stage.ts'

const HOUR_MS = 3_600_000

export async function hoursPass(
  { clock, network, atOnce }: Stage,
  { hours, callers }: { hours: number; callers: number },
): Promise<void> {
  // Access tokens live for 24 hours, refresh tokens for 48.
  const provider = simulateBitize({ clock })
  const bitize = createBitize({
    server: provider.url,
    ...provider.credentials,
    fetch: network(provider),
    clock,
  })
  await bitize.getToken()

  await clock.advance(hours * HOUR_MS)
  await atOnce(callers, (headers) =>
    bitize.fetch('/vendors', { headers }),
  )

  await bitize.close()
}
