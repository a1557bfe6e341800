import type { Account } from './setup.ts'

/** Which refresh token a process has in hand that keeps its tokens in its own memory, as far as that is certain. */
export interface InHand {
  of(account: Account): string | undefined
  /** A token call leaves. Returns what to call with the refresh token of its answer. */
  onSend(account: Account): (refreshToken: string | undefined) => void
  /** Signing in or out begins. Returns what to call when it has ended, with the refresh token that was given. */
  onSign(account: Account): (refreshToken: string | undefined) => void
}

export function inHand(): InHand {
  const held = new Map<Account, string>()
  /** What was sent before the account was signed in or out doesn't count afterwards. */
  const epochs = new Map<Account, number>()
  const put = (account: Account, refreshToken: string | undefined): void => {
    if (refreshToken === undefined) held.delete(account)
    else held.set(account, refreshToken)
  }
  const begin = (account: Account): number => {
    const epoch = (epochs.get(account) ?? 0) + 1
    epochs.set(account, epoch)
    return epoch
  }
  return {
    of: (account) => held.get(account),
    onSend(account) {
      const epoch = epochs.get(account)
      return (refreshToken) => {
        if (refreshToken !== undefined && epochs.get(account) === epoch) put(account, refreshToken)
      }
    },
    onSign(account) {
      begin(account)
      held.delete(account)
      return (refreshToken) => {
        begin(account)
        put(account, refreshToken)
      }
    },
  }
}
