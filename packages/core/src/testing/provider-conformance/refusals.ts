import type { RecordedRequest } from '../recorded-request.ts'
import { expectThat } from '../store-conformance/expectations.ts'
import { codeOf, expectAccepted, expectToken, expectTokenCalls, type Open, openScene } from './scene.ts'
import type { ProviderTests } from './world.ts'

const CROWD = 20
const TERMINAL = ['credentials-rejected', 'misconfigured', 'reauthorization-required']

/** What the server refuses: tokens, and credentials. */
export function refusalTests<Inputs, M>(open: Open<Inputs, M>): ProviderTests {
  return {
    'a refused token leads to one new token and one replay': async () => {
      await using scene = await openScene(open)
      await expectAccepted(scene, 'The API refused a new token.')
      await scene.world.control.revokeAccessTokens()
      await expectAccepted(scene, 'The refused request was not repeated with a new token.')
      expectThat(scene.apiCalls() === 3, `A refused request was sent ${scene.apiCalls() - 1} times instead of twice.`)
      expectTokenCalls(scene, 2, 'A refused token')
    },
    'a crowd whose token is refused causes one token call': async () => {
      await using scene = await openScene(open)
      expectToken(await scene.ask())
      await scene.world.control.revokeAccessTokens()
      const crowd = Array.from({ length: CROWD }, () => scene.source.fetch(scene.apiUrl))
      const answers = await scene.wait(Promise.all(crowd))
      await Promise.all(answers.map((answer) => answer.text()))
      const refused = answers.filter(({ ok }) => !ok).length
      expectThat(refused === 0, `${refused} of ${CROWD} requests were not repeated with the new token.`)
      expectTokenCalls(scene, 2, 'A refused token')
    },
    'a second refusal is returned, and causes no storm of token calls': async () => {
      await using scene = await openScene(open)
      expectToken(await scene.ask())
      scene.between = async (_, isApi) => {
        if (isApi) await scene.world.control.revokeAccessTokens()
        return undefined
      }
      for (let call = 0; call < 10; call += 1) {
        const response = await scene.call()
        await response.text()
        expectThat(!response.ok, 'The API accepted a token that it had ended: see revokeAccessTokens().')
        if (call === 0) expectThat(scene.apiCalls() === 2, 'A request that is always refused has to be sent twice.')
      }
      expectTokenCalls(scene, 2, 'An API that refuses every token')
    },
    'wrong credentials are sent once, and the error says that they are wrong': async () => {
      await using scene = await openScene(open, { wrong: true })
      const { wrongCredentials, provider, clock } = scene.world
      if (wrongCredentials === undefined || provider.acquire === undefined) return
      for (let caller = 0; caller < 5; caller += 1) {
        const outcome = await scene.ask()
        expectThat('error' in outcome, 'Wrong credentials brought a token.')
        const code = codeOf(outcome.error)
        expectThat(TERMINAL.includes(code), `The error for wrong credentials has the code ${code}.`)
        const sent = scene.requests.filter((request) => !isPublicRead(request)).length
        expectThat(sent === 1, `Wrong credentials were sent ${sent} times: an account may be locked for that.`)
        await clock.advance(1_000)
      }
    },
  }
}

/** What `io.lookUp()` reads: it carries nothing. */
function isPublicRead(request: RecordedRequest): boolean {
  const { method, url, headers } = request.reveal()
  return method === 'GET' && new URL(url).search === '' && Object.keys(headers).every((name) => name === 'accept')
}
