import { expectThat } from '../store-conformance/expectations.ts'
import { expectAccepted, expectToken, type Open, openScene } from './scene.ts'
import type { ProviderTests } from './world.ts'

/** Signing out. */
export function endingTests<Inputs, M>(open: Open<Inputs, M>): ProviderTests {
  return {
    'ending an account twice is the same as ending it once, and it can begin again': async () => {
      await using scene = await openScene(open)
      const { source, world } = scene
      await source.end()
      if (world.seed) await source.seed(world.seed)
      expectToken(await scene.ask())
      for (let time = 0; time < 2; time += 1) {
        await source.end()
        const { state } = await source.status()
        expectThat(state === 'absent', `After its end the account is ${state}.`)
      }
      if (world.provider.acquire) await expectAccepted(scene, 'After a new beginning, the API refused the request.')
    },
    'the API refuses a revoked token, and revoking it again succeeds': async () => {
      await using scene = await openScene(open)
      const { source, world, apiUrl } = scene
      if (world.provider.revoke === undefined) return
      const token = expectToken(await scene.ask())
      const headers = new Headers()
      token.authorize(headers)
      await source.end({ revoke: 'require' })
      const { ok } = await world.fetch(apiUrl, { headers })
      expectThat(!ok, 'The API accepts a token that was revoked.')
      const { id, expiresAt } = token
      // Where a person brought the first one, a refresh token came with it, and may be what is revoked.
      await source.seed({ ...world.seed, accessToken: token.reveal(), id, expiresAt })
      await source.end({ revoke: 'require' })
    },
  }
}
