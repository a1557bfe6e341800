import { expectThat } from '../store-conformance/expectations.ts'
import { endOf, expectAccepted, expectSentOnce, expectToken, expectTokenCalls, type Open, openScene } from './scene.ts'
import type { ProviderTests } from './world.ts'

const CROWD = 50
const LIVES = 5

/** From the first token to the next ones. */
export function lifeTests<Inputs, M>(open: Open<Inputs, M>): ProviderTests {
  return {
    'a crowd without a token causes one token call': async () => {
      await using scene = await openScene(open)
      const crowd = Array.from({ length: CROWD }, () => scene.source.getToken())
      const tokens = new Set((await scene.wait(Promise.all(crowd))).map((token) => token.reveal()))
      expectThat(tokens.size === 1, `${CROWD} callers got ${tokens.size} different tokens.`)
      expectTokenCalls(scene, 1, 'A crowd without a token')
    },
    'the token is put on requests, and the API accepts it': async () => {
      await using scene = await openScene(open)
      const { ok } = await scene.world.fetch(scene.apiUrl)
      expectThat(!ok, 'The API answers without a token: apiPath has to be a path that is guarded.')
      for (let use = 0; use < 3; use += 1) await expectAccepted(scene, 'The API refused a new token.')
      expectThat(scene.apiCalls() === 3, 'A request to the API was repeated without need.')
      expectTokenCalls(scene, 1, 'Three requests to the API')
    },
    'a token that has ended is replaced before it is sent': async () => {
      await using scene = await openScene(open)
      const { control, tellsExpiry = true } = scene.world
      await expectAccepted(scene, 'The API refused a new token.')
      await control.expireAccessToken()
      await expectAccepted(scene, 'After the end of the first token, the API refused the request.')
      expectThat(
        !tellsExpiry || scene.apiCalls() === 2,
        'A token was sent after its end: the provider did not read when it ends.',
      )
      expectTokenCalls(scene, 2, 'The end of a token')
    },
    'over several lives, each single-use refresh token is sent once': async () => {
      await using scene = await openScene(open)
      const { world } = scene
      const tokens = new Set<string>()
      for (let life = 0; life < LIVES; life += 1) {
        if (life > 0) await world.control.expireAccessToken()
        await expectAccepted(scene, `In life ${life + 1} the API refused the request.`)
        tokens.add(expectToken(await scene.ask()).reveal())
      }
      expectThat(tokens.size === LIVES, `${LIVES} lives had ${tokens.size} different tokens.`)
      expectTokenCalls(scene, LIVES, `${LIVES} lives`)
      expectSentOnce(scene)
    },
    'the secrets beside the first token are beside the later ones too': async () => {
      await using scene = await openScene(open)
      const { secrets } = expectToken(await scene.ask())
      for (let life = 1; life < LIVES; life += 1) {
        const later = expectToken(await scene.ask(await endOf(scene))).secrets
        const lost = Object.keys(secrets).filter((name) => !Object.hasOwn(later, name))
        expectThat(lost.length === 0, `Life ${life + 1} has lost a secret: ${lost.join(', ')}.`)
      }
    },
    'a refresh token that the server ended is not the end where the inputs can acquire': async () => {
      await using scene = await openScene(open)
      const { control, provider } = scene.world
      if (provider.refresh === undefined || control.revokeRefreshTokens === undefined) return
      expectToken(await scene.ask())
      await control.revokeRefreshTokens()
      const outcome = await scene.ask(await endOf(scene))
      if (provider.acquire) {
        expectToken(outcome)
        await expectAccepted(scene, 'The API refused the newly acquired token.')
      } else {
        const code = 'error' in outcome ? (await scene.source.status()).state : 'a token'
        expectThat(code === 'reauthorization-required', `A person has to sign in, but the state is: ${code}.`)
      }
      expectSentOnce(scene)
    },
  }
}
