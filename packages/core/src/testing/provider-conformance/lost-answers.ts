import { expectThat } from '../store-conformance/expectations.ts'
import {
  endOf,
  expectAccepted,
  expectSentOnce,
  expectToken,
  expectTokenCalls,
  type Open,
  openScene,
  tokenInTheEnd,
} from './scene.ts'
import type { ProviderTests } from './world.ts'

/** The server did what it was asked to, and the answer never came. */
export function lostAnswerTests<Inputs, M>(open: Open<Inputs, M>): ProviderTests {
  return {
    'a lost answer to acquire is followed by one more call and a valid token': async () => {
      await using scene = await openScene(open)
      const { provider, seed, control } = scene.world
      if (provider.acquire === undefined || seed !== undefined) return
      await control.loseNextAnswer('acquire')
      await tokenInTheEnd(scene)
      await expectAccepted(scene, 'After a lost answer, the API refused the request.')
      expectTokenCalls(scene, 2, 'A lost answer')
    },
    'a lost answer to refresh sends no single-use refresh token again': async () => {
      // Otherwise it would be sent once more where nothing else is left: a choice of the user, not of the provider.
      await using scene = await openScene(open, { resendUnknown: 'never' })
      const { provider, control, clock } = scene.world
      if (provider.refresh === undefined) return
      expectToken(await scene.ask())
      const wish = await endOf(scene)
      await control.loseNextAnswer('refresh')
      if (provider.acquire === undefined && provider.refreshKind === 'single-use') {
        for (let round = 0; round < 5; round += 1) {
          const outcome = await scene.ask(wish)
          expectThat('error' in outcome, 'There is a token although the only refresh token may be spent.')
          await clock.advance(60_000)
        }
      } else {
        await tokenInTheEnd(scene, wish)
        await expectAccepted(scene, 'After a lost answer, the API refused the request.')
      }
      expectSentOnce(scene)
    },
  }
}
