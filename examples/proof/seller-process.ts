/*
One process of an application with thousands of sellers. It does what its parent tells it, and ends with it.
*/
import { isChaveiroError } from '@chaveiro/core'
import type { Order, Outcome, Report } from './messages.ts'
import { movedClock } from './moved-clock.ts'
import { type Accounts, openAccounts } from './open-accounts.ts'

// More than the token calls that one process makes at once: sellers whose call was lost don't hold up the others.
const SELLERS_AT_ONCE = 32
const MOST_ROUNDS = 20

const clock = movedClock()
let accounts: Accounts | undefined
let sellers: readonly string[] = []
let repeated = 0

process.on('message', (order: Order) => void obey(order))
process.once('disconnect', () => process.exit())

async function obey(order: Order): Promise<void> {
  tell(
    await carryOut(order).then(
      (outcome) => ({ order: order.order, outcome }),
      (error: unknown) => ({ order: order.order, error: String(error) }),
    ),
  )
}

function tell(report: Report): void {
  process.send?.(report)
}

async function carryOut(order: Order): Promise<Outcome | undefined> {
  switch (order.order) {
    case 'open':
      accounts = await openAccounts(order.settings, clock)
      accounts.tokens.on(({ type }) => {
        if (type === 'refresh.resent') repeated += 1
      })
      sellers = order.settings.sellers
      return undefined
    case 'advance':
      clock.advance(order.ms)
      return undefined
    case 'warm':
      return warmAll()
    case 'use':
      return useAll()
  }
}

async function warmAll(): Promise<Outcome> {
  const { tokens } = opened()
  return untilSettled(async (asked) => {
    const { failed } = await tokens.warm(asked, { concurrency: SELLERS_AT_ONCE })
    return failed.map(({ account, code }) => ({ seller: account.tenant, code }))
  })
}

async function useAll(): Promise<Outcome> {
  const { tokens } = opened()
  return untilSettled(async (asked) => {
    const queue = asked.values()
    const failed: Failed[] = []
    const work = async (): Promise<void> => {
      for (const seller of queue) {
        try {
          const response = await tokens.account(seller).fetch('/users/me')
          await response.arrayBuffer()
          if (response.status !== 200) failed.push({ seller, code: `status ${response.status}` })
        } catch (error) {
          failed.push({ seller, code: isChaveiroError(error) ? error.code : String(error) })
        }
      }
    }
    await Promise.all(Array.from({ length: SELLERS_AT_ONCE }, work))
    return failed
  })
}

interface Failed {
  readonly seller: string
  readonly code: string
}

/** A seller whose caller waited for too long, on a busy machine, is asked for again. Only a person can help the others. */
async function untilSettled(work: (asked: readonly string[]) => Promise<readonly Failed[]>): Promise<Outcome> {
  const final: Failed[] = []
  let asked = sellers
  for (let round = 1; asked.length > 0; round += 1) {
    const failed = await work(asked)
    const isFinal = ({ code }: Failed): boolean => code === 'reauthorization-required' || round === MOST_ROUNDS
    final.push(...failed.filter(isFinal))
    asked = failed.filter((each) => !isFinal(each)).map(({ seller }) => seller)
  }
  return { ready: sellers.length - final.length, failed: countEach(final.map(({ code }) => code)), repeated }
}

function countEach(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

function opened(): Accounts {
  if (accounts === undefined) throw new Error('The accounts are not open.')
  return accounts
}
