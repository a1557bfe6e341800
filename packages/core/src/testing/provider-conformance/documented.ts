import { showsSecret } from '../../secret-traces.ts'
import { expectThat } from '../store-conformance/expectations.ts'
import { codeOf, endOf, expectToken, type Open, openScene } from './scene.ts'
import type { ProviderTests } from './world.ts'

const MOST_CALLS = 10
const DAY_MS = 86_400_000

/** What a provider documents beyond its calls. Where it does not, nothing is asked of it. */
export function documentedTests<Inputs, M>(open: Open<Inputs, M>): ProviderTests {
  return {
    'no more token calls leave than `limit` allows': async () => {
      await using scene = await openScene(open)
      const { provider, clock, control } = scene.world
      const { limit } = provider
      if (limit === undefined || limit.calls > MOST_CALLS) return
      let newerThan = expectToken(await scene.ask())
      const begun = clock.monotonic()
      for (let call = 1; call <= limit.calls; call += 1) {
        const outcome = await scene.ask({ newerThan, staleIfError: false })
        const calls = control.countTokenCalls()
        const isOver = clock.monotonic() - begun >= limit.perMs
        expectThat(
          isOver || calls <= limit.calls,
          `Within ${limit.perMs} ms ${calls} token calls left, and the limit is ${limit.calls}.`,
        )
        // Its turn comes after the time of a renewal.
        if ('error' in outcome) return
        newerThan = outcome.token
      }
    },
    'no refresh token is sent more often than `refreshUses` says': async () => {
      await using scene = await openScene(open)
      const { provider, clock, control } = scene.world
      const uses = provider.refreshUses?.times
      if (uses === undefined) return
      expectToken(await scene.ask())
      const wish = await endOf(scene)
      for (let use = 0; use <= uses; use += 1) {
        await control.loseNextAnswer('refresh')
        await scene.ask(wish)
        await clock.advance(600_000)
      }
      const texts = scene.requests.map((request) => JSON.stringify(request.reveal()))
      for (const token of new Set(scene.spy.refreshed)) {
        const times = texts.filter((text) => showsSecret(text, [token])).length
        expectThat(times <= uses, `A refresh token good for ${uses} uses was sent ${times} times.`)
      }
    },
    'within `graceMs` of a lost answer, the spent refresh token brings a token once more': async () => {
      await using scene = await openScene(open)
      const { provider, control } = scene.world
      const { graceMs = 0 } = provider
      // With inputs that acquire there is a safer way than a spent refresh token.
      if (graceMs === 0 || provider.acquire !== undefined) return
      expectToken(await scene.ask())
      const wish = await endOf(scene)
      await control.loseNextAnswer('refresh')
      const outcome = await scene.ask(wish)
      const code = 'error' in outcome ? codeOf(outcome.error) : 'none'
      expectThat(
        code === 'none',
        `Within ${graceMs} ms of a lost answer the spent refresh token brought an error: ${code}.`,
      )
      const [sent = '', again] = scene.spy.refreshed.slice(-2)
      const isSame = sent === again
      expectThat(isSame, 'After a lost answer another refresh token was sent, which the server cannot have given.')
    },
    'no new token is asked for before the last `renewWithinMs`': async () => {
      await using scene = await openScene(open)
      const { provider, clock, control } = scene.world
      const { renewWithinMs } = provider
      const { expiresAt } = expectToken(await scene.ask())
      if (renewWithinMs === undefined || expiresAt === undefined) return
      await clock.advance(Math.max(0, expiresAt - renewWithinMs - 1 - clock.now()))
      expectToken(await scene.ask())
      const calls = control.countTokenCalls()
      expectThat(calls === 1, `Before the last ${renewWithinMs} ms there were ${calls} token calls instead of 1.`)
    },
    'where wrong keys lock the account, they are sent once': async () => {
      await using scene = await openScene(open, { wrong: true })
      const { wrongCredentials, provider, clock } = scene.world
      if (wrongCredentials === undefined || provider.acquire === undefined || provider.probeRejected !== false) return
      for (let day = 0; day < 3; day += 1) {
        await scene.ask()
        await clock.advance(2 * DAY_MS)
      }
      const sent = scene.requests.length
      expectThat(sent === 1, `Keys that may lock the account were sent ${sent} times.`)
    },
  }
}
