import { expectThat } from '../store-conformance/expectations.ts'
import { expectAccepted, expectToken, expectTokenCalls, isApiOf, type Open, openScene, type Scene } from './scene.ts'
import type { ProviderTests } from './world.ts'

/** What requests of the API carry, where they go, and which answers reject the token. */
export function apiTests<Inputs, M>(open: Open<Inputs, M>): ProviderTests {
  return {
    'requests of the API carry what `carries` names, also when they are sent again': async () => {
      await using scene = await openScene(open)
      const { carries, control } = scene.world
      if (carries === undefined) return
      await expectAccepted(scene, 'The API refused a new token.')
      await control.revokeAccessTokens()
      await expectAccepted(scene, 'The refused request was not repeated with a new token.')
      for (const [place, value] of Object.entries(carries)) {
        const others = apiRequests(scene).filter((request) => carriedBy(request, place) !== value).length
        expectThat(
          others === 0,
          `Of ${scene.apiCalls()} requests of the API ${others} did not carry ${place} as expected.`,
        )
      }
    },
    'requests go to the host of the API, also when they are sent again': async () => {
      await using scene = await openScene(open)
      const { control, apiOrigin = scene.apiUrl.origin } = scene.world
      await expectAccepted(scene, 'The API refused a new token.')
      await control.revokeAccessTokens()
      await expectAccepted(scene, 'The refused request was not repeated with a new token.')
      const strayed = apiRequests(scene).find(({ url }) => new URL(url).origin !== apiOrigin)
      expectThat(
        strayed === undefined,
        `A request of the API went to ${strayed && new URL(strayed.url).origin}, and the API is at ${apiOrigin}.`,
      )
    },
    'a token that the API rejects in the body leads to one new token and one replay': async () => {
      await using scene = await openScene(open)
      const { rejectionByBody } = scene.world
      if (rejectionByBody === undefined) return
      await expectAccepted(scene, 'The API refused a new token.')
      answerOnce(scene, rejectionByBody())
      await expectAccepted(
        scene,
        'A request whose answer rejects the token in its body was not repeated with a new one.',
      )
      expectThat(scene.apiCalls() === 3, `It was sent ${scene.apiCalls() - 1} times instead of twice.`)
      expectTokenCalls(scene, 2, 'A token that was rejected in the body')
    },
    'an answer whose body was looked at for a rejection reaches the caller whole': async () => {
      await using scene = await openScene(open)
      const { rejectionByBody } = scene.world
      if (rejectionByBody === undefined) return
      expectToken(await scene.ask())
      const { status } = rejectionByBody()
      const sent = { note: 'of another reason', padding: 'x'.repeat(10_000) }
      answerOnce(scene, Response.json(sent, { status }))
      const response = await scene.call()
      const text = await response.text().catch(() => 'nothing that can be read')
      expectThat(
        text === JSON.stringify(sent),
        'What the API answered did not reach the caller: judgeBody() has to read a copy.',
      )
      expectTokenCalls(scene, 1, 'An answer with another reason')
    },
  }
}

function apiRequests<Inputs, M>(scene: Scene<Inputs, M>) {
  return scene.requests.filter(isApiOf(scene)).map((request) => request.reveal())
}

/** `header.x-account` or `query.app-key`. */
function carriedBy({ url, headers }: { url: string; headers: Readonly<Record<string, string>> }, place: string) {
  const [where, name = ''] = place.split(/\.(.*)/s)
  if (where === 'query') return new URL(url).searchParams.get(name) ?? undefined
  return headers[name.toLowerCase()]
}

/** The next request of the API is answered so, in place of the server's answer. */
function answerOnce<Inputs, M>(scene: Scene<Inputs, M>, answer: Response): void {
  scene.between = async (_, isApi) => {
    if (!isApi) return undefined
    scene.between = undefined
    return answer
  }
}
