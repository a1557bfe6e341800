import type { GetTokenOptions } from '../../engine/token-source-interface.ts'
import { isSecret, reveal } from '../../secret.ts'
import { showsSecret } from '../../secret-traces.ts'
import type { RevealedRequest } from '../recorded-request.ts'
import { expectThat } from '../store-conformance/expectations.ts'
import { printingsOf } from './printings.ts'
import { codeOf, endOf, expectToken, type Open, openScene, type Scene, tokenInTheEnd } from './scene.ts'
import type { ProviderTests } from './world.ts'

// Fewer characters are found in ordinary words.
const SHORTEST_SECRET = 6

/** Nothing that a program could log shows a secret. */
export function secrecyTests<Inputs, M>(open: Open<Inputs, M>): ProviderTests {
  const tests: Record<string, () => Promise<void>> = {
    'a token, its account and its events print without a secret': async () => {
      await using scene = await openScene(open)
      const { source, world } = scene
      const first = expectToken(await scene.ask())
      await world.control.revokeAccessTokens()
      const response = await scene.call()
      await response.text()
      const next = expectToken(await scene.ask(await endOf(scene)))
      await expectNoSecret(scene, { token: first, 'next token': next, 'URL of a response': response.url })
      await source.end()
      await expectNoSecret(scene, { source, manager: scene.manager, provider: world.provider })
    },
    'the error for wrong credentials shows no secret': async () => {
      await using scene = await openScene(open, { wrong: true })
      if (scene.world.wrongCredentials === undefined || scene.world.provider.acquire === undefined) return
      await expectNoSecret(scene, { error: await errorOf(scene) })
    },
    'the errors for lost answers show no secret': async () => {
      await using scene = await openScene(open)
      const { control, provider, seed } = scene.world
      if (provider.acquire !== undefined && seed === undefined) await control.loseNextAnswer('acquire')
      await expectNoSecret(scene, { outcome: await scene.ask() })
      await tokenInTheEnd(scene)
      const wish = await endOf(scene)
      if (provider.refresh !== undefined) await control.loseNextAnswer('refresh')
      await expectNoSecret(scene, { outcome: await scene.ask(wish) })
    },
  }
  for (const [what, answer] of Object.entries(quotingAnswers)) {
    tests[`no error shows a secret when token calls meet ${what} that quotes the request`] = async () => {
      for (const isFirst of [true, false]) {
        await using scene = await openScene(open)
        if (isFirst) {
          await expectQuiet(scene, answer)
          continue
        }
        // Two lives: the first life's token is a secret that the engine no longer knows.
        expectToken(await scene.ask())
        expectToken(await scene.ask(await endOf(scene)))
        await expectQuiet(scene, answer, await endOf(scene))
      }
    }
  }
  return tests
}

async function expectQuiet<Inputs, M>(
  scene: Scene<Inputs, M>,
  answer: Answerer,
  wish?: GetTokenOptions,
): Promise<void> {
  const secrets = await secretsOf(scene)
  scene.between = async (request) => answer(request.reveal(), secrets)
  const error = await errorOf(scene, wish)
  const code = codeOf(error)
  expectThat(!code.startsWith('none'), 'A failed token call ends with something other than a ChaveiroError.')
  await expectNoSecret(scene, { error })
}

async function errorOf<Inputs, M>(scene: Scene<Inputs, M>, wish?: GetTokenOptions): Promise<unknown> {
  const outcome = await scene.ask(wish)
  expectThat('error' in outcome, 'There is a token where none could be obtained.')
  return outcome.error
}

async function expectNoSecret<Inputs, M>(scene: Scene<Inputs, M>, values: Record<string, unknown>): Promise<void> {
  const secrets = await secretsOf(scene)
  const all = { ...values, status: await scene.source.status(), events: scene.events }
  for (const [what, value] of Object.entries(all)) {
    // The secret is not repeated here either.
    const shown = printingsOf(value).some((text) => showsSecret(text, secrets))
    expectThat(!shown, `A secret shows in the ${what}, as it is or encoded.`)
  }
}

async function secretsOf<Inputs, M>({ world, spy }: Scene<Inputs, M>): Promise<readonly string[]> {
  const atServer = world.control.secrets()
  const [right, wrong] = [await textsOf(world.credentials), await textsOf(world.wrongCredentials)]
  // Whatever the definition says of it: an input whose right value the server keeps secret is a secret.
  const names = Object.keys(right).filter(
    (name) => world.provider.inputs?.[name]?.secret === true || atServer.includes(right[name] ?? ''),
  )
  const given = names.flatMap((name) => [right[name] ?? '', wrong[name] ?? ''])
  return [...new Set([...atServer, ...spy.obtained, ...given])].filter((text) => text.length >= SHORTEST_SECRET)
}

/** The inputs that are texts, or stand for one. */
async function textsOf(inputs: unknown): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries<unknown>(Object(inputs))) {
    const given: unknown = typeof value === 'function' ? await value() : value
    if (typeof given === 'string' || isSecret(given)) texts[name] = await reveal(given)
  }
  return texts
}

/** Answers in place of the server, or fails as a connection does. */
type Answerer = (request: RevealedRequest, secrets: readonly string[]) => Response

const STATUSES = [200, 400, 401, 403, 404, 422, 429, 500, 503]

/** Servers, proxies and connections that repeat what was sent to them. */
const quotingAnswers: Readonly<Record<string, Answerer>> = {
  ...Object.fromEntries(STATUSES.map((status) => [`a ${status}`, withStatus(status)])),
  'a page': (request) =>
    new Response(`<p>${JSON.stringify(request)}</p>`, { headers: { 'content-type': 'text/html' } }),
  'a redirect': ({ url, body }) =>
    new Response(null, { status: 307, headers: { location: `${url}#${encodeURIComponent(body)}` } }),
  'a reset': (request) => {
    throw new TypeError(`fetch failed: ${JSON.stringify(request)}`)
  },
}

function withStatus(status: number): Answerer {
  return (request, secrets) => {
    const text = JSON.stringify(request)
    const sent = secrets.filter((secret) => text.includes(secret)).sort((a, b) => a.length - b.length)
    // Short enough to be taken for a description.
    const title = `Refused: ${sent[0] ?? ''}`
    return Response.json({ title, error: title, error_description: text, message: text }, { status })
  }
}
