import { isSecret, reveal } from '../../secret.ts'
import { showsSecret } from '../../secret-traces.ts'
import type { ProviderTests } from '../provider-conformance.ts'
import { expectThat } from '../store-conformance/expectations.ts'
import { printingsOf } from './printings.ts'
import { type Answerer, quotingAnswers } from './quoting-answers.ts'
import { codeOf, expectToken, type Open, openScene, type Scene } from './scene.ts'

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
      await (await scene.call()).text()
      await world.control.expireAccessToken()
      const next = expectToken(await scene.ask())
      await expectNoSecret(scene, { token: first, 'next token': next })
      await source.end()
      await expectNoSecret(scene, { source, manager: scene.manager, provider: world.provider })
    },
    'the error for wrong credentials shows no secret': async () => {
      await using scene = await openScene(open, { wrong: true })
      if (scene.world.wrongCredentials === undefined) return
      await expectNoSecret(scene, { error: await errorOf(scene) })
    },
    'the errors for lost answers show no secret': async () => {
      await using scene = await openScene(open)
      const { control, provider, seed } = scene.world
      if (provider.acquire !== undefined && seed === undefined) await control.loseNextAnswer('acquire')
      await expectNoSecret(scene, { outcome: await scene.ask() })
      await scene.world.clock.advance(60_000)
      expectToken(await scene.ask())
      await control.expireAccessToken()
      if (provider.refresh !== undefined) await control.loseNextAnswer('refresh')
      await expectNoSecret(scene, { outcome: await scene.ask() })
    },
  }
  for (const [what, answer] of Object.entries(quotingAnswers)) {
    tests[`no error shows a secret when token calls meet ${what} that quotes the request`] = async () => {
      for (const isFirst of [true, false]) {
        await using scene = await openScene(open)
        if (!isFirst) {
          expectToken(await scene.ask())
          await scene.world.control.expireAccessToken()
        }
        await expectQuiet(scene, answer)
      }
    }
  }
  return tests
}

async function expectQuiet<Inputs, M>(scene: Scene<Inputs, M>, answer: Answerer): Promise<void> {
  const secrets = await secretsOf(scene)
  scene.between = async (request) => answer(request.reveal(), secrets)
  const error = await errorOf(scene)
  const code = codeOf(error)
  expectThat(!code.startsWith('none'), 'A failed token call ends with something else than a ChaveiroError.')
  await expectNoSecret(scene, { error })
}

async function errorOf<Inputs, M>(scene: Scene<Inputs, M>): Promise<unknown> {
  const outcome = await scene.ask()
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
  const given: string[] = []
  for (const inputs of [world.credentials, world.wrongCredentials]) {
    for (const [name, value] of Object.entries<unknown>({ ...inputs })) {
      if (!world.provider.inputs?.[name]?.secret) continue
      if (typeof value === 'string' || isSecret(value)) given.push(await reveal(value))
    }
  }
  const all = [...world.control.secrets(), ...spy.obtained, ...given]
  return [...new Set(all)].filter((secret) => secret.length >= SHORTEST_SECRET)
}
