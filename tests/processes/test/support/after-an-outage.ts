import { openMarket } from './market.ts'

const ACCOUNTS = 500
const LIFETIME_MS = 600_000
const OUTAGE_MS = 20 * 60_000
const ANSWER_MS = 100
const ASK_IN_OUTAGE_EVERY_MS = 10_000
const ASK_EVERY_MS = 1_000
const MINUTE_SECONDS = 60
// No engine that is worth anything takes longer.
const GIVE_UP_MS = 900_000

export interface Recovery {
  /** From the first call that succeeds until the last account has its token. */
  readonly wellAfterMs: number
  readonly mostAtOnce: number
  /** Token calls in each second of the minute that follows the first success. */
  readonly perSecond: readonly number[]
}

/** 500 accounts that were well, whose callers ask through an outage and after it. `fails`: what calls meet in it. */
export async function afterAnOutage(fails: () => Promise<Response>): Promise<Recovery> {
  await using market = openMarket({ lifetimeMs: LIFETIME_MS })
  const { clock } = market
  const names = Array.from({ length: ACCOUNTS }, (_, index) => `tenant-${index}`)
  const sentAt: number[] = []
  let isDown = false
  let atOnce = 0
  let mostAtOnce = 0
  let firstSuccessAt: number | undefined
  market.meet(async ({ send }) => {
    const failing = isDown
    sentAt.push(clock.monotonic())
    atOnce += 1
    mostAtOnce = Math.max(mostAtOnce, atOnce)
    await new Promise<void>((resolve) => clock.timer(resolve, ANSWER_MS))
    atOnce -= 1
    if (failing) return fails()
    firstSuccessAt ??= clock.monotonic()
    return send()
  })

  const well = new Set<string>()
  const waiting = new Set<string>()
  let wellAt = 0
  /** Each account has one caller, who asks again as soon as there was an answer. */
  const askAll = async (everyMs: number): Promise<void> => {
    for (const name of names) {
      if (well.has(name) || waiting.has(name)) continue
      waiting.add(name)
      void market.ask(name).then((failure) => {
        waiting.delete(name)
        if (failure !== undefined || firstSuccessAt === undefined) return
        well.add(name)
        wellAt = clock.monotonic()
      })
    }
    await clock.advance(everyMs)
  }

  while (well.size < ACCOUNTS) await askAll(ASK_EVERY_MS)
  well.clear()
  firstSuccessAt = undefined
  isDown = true
  for (let passed = 0; passed < OUTAGE_MS; passed += ASK_IN_OUTAGE_EVERY_MS) await askAll(ASK_IN_OUTAGE_EVERY_MS)
  isDown = false
  for (let passed = 0; well.size < ACCOUNTS && passed < GIVE_UP_MS; passed += ASK_EVERY_MS) await askAll(ASK_EVERY_MS)
  const from = firstSuccessAt ?? Number.NaN
  const perSecond = Array.from(
    { length: MINUTE_SECONDS },
    (_, second) => sentAt.filter((at) => Math.floor((at - from) / 1_000) === second).length,
  )
  return { wellAfterMs: well.size === ACCOUNTS ? wellAt - from : Number.POSITIVE_INFINITY, mostAtOnce, perSecond }
}
