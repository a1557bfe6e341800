import type { Clock } from '@chaveiro/core'
import type { DecisionLog } from '../door/log.ts'
import type { ServedAccounts } from './served-accounts.ts'

// As often as keys are read, so that both are known within 5 s.
const EVERY_MS = 2_000

/** Looks for accounts that were signed in to or have gone. Returns what ends that. */
export function followAccounts(
  accounts: Pick<ServedAccounts, 'all' | 'update'>,
  clock: Clock,
  log: Pick<DecisionLog, 'event'>,
): () => void {
  let cancel = (): void => {}
  let isOver = false
  let hasFailed = false
  schedule()
  return () => {
    isOver = true
    cancel()
  }

  function schedule(): void {
    if (isOver || accounts.update === undefined) return
    cancel = clock.timer(() => void update().finally(schedule), EVERY_MS)
  }

  async function update(): Promise<void> {
    try {
      if (await accounts.update?.()) log.event('accounts', { count: accounts.all().length })
      hasFailed = false
    } catch (error) {
      // Those that are open go on being served.
      if (!hasFailed)
        log.event('accounts-unreadable', { message: error instanceof Error ? error.message : String(error) })
      hasFailed = true
    }
  }
}
