import { createBitize } from '@chaveiro/bitize'
import { simulateBitize } from '@chaveiro/simulator'
import type { Stage } from '../stage.ts'

export async function manyCallers(
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

  // No one has a token yet, and all ask at the same moment.
  await atOnce(callers, (headers) =>
    bitize.fetch('/vendors', { headers }),
  )

  await bitize.close()
}
