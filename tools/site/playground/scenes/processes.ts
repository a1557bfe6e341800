import { createBitize } from '@chaveiro/bitize'
import { memoryStore, shared } from '@chaveiro/core/shared'
import { simulateBitize } from '@chaveiro/simulator'
import type { Stage } from '../stage.ts'

export async function severalProcesses(
  { clock, network, atOnce }: Stage,
  { processes, callers }: { processes: number; callers: number },
): Promise<void> {
  const provider = simulateBitize({ clock })
  // In production, redisStore() or postgresStore().
  const store = memoryStore()

  // A client stands for a process: it shares nothing but the store.
  const clients = Array.from({ length: processes }, () =>
    createBitize({
      server: provider.url,
      ...provider.credentials,
      store: shared(store),
      fetch: network(provider),
      clock,
    }),
  )

  await Promise.all(
    clients.map((bitize) =>
      atOnce(callers, (headers) =>
        bitize.fetch('/vendors', { headers }),
      ),
    ),
  )

  await Promise.all(clients.map((bitize) => bitize.close()))
}
