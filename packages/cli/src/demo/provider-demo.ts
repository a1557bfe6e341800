import { isChaveiroError } from '@chaveiro/core'
import { fetchOf, noAnswer } from '../network/fetch.ts'
import { hasCertificate } from '../providers/certificate-inputs.ts'
import type { Client, CliProvider } from '../providers/cli-provider.ts'
import { findProvider } from '../providers/find-provider.ts'
import { gatherInputs } from '../providers/gather-inputs.ts'
import { gatherPlace, type PlaceOptions } from '../providers/gather-place.ts'
import { type Place, placeUrl } from '../providers/place.ts'
import { signInMethodOf } from '../providers/sign-in-method.ts'
import { Failure } from '../session/failure.ts'
import { printJson, type Session } from '../session/session.ts'
import { isoDate } from '../session/times.ts'
import { coloursFor } from '../terminal/colours.ts'

/** One thing that an account needs to work, and how it went. `scene` is the same in every language. */
type Scene =
  | { readonly scene: 'token' | 'new-token'; readonly ok: true; readonly expiresAt: string | null }
  | { readonly scene: 'request'; readonly ok: boolean; readonly path: string; readonly status: number }
  | { readonly scene: Name; readonly ok: false; readonly error: { readonly code: string; readonly message: string } }

type Name = 'token' | 'request' | 'new-token'

/**
 * Obtains a token from a real provider, calls its API once, and gets a second token: what the account needs to work.
 * Nothing is kept: the tokens are revoked where the provider can, and never printed. Resolves with whether all went well.
 */
export async function demoProvider(session: Session, id: string, options: PlaceOptions): Promise<boolean> {
  const { stdout, env, json } = session
  const provider = findProvider(id, session)
  const facts = await provider.facts()
  const place = await gatherPlace(session, facts, options)
  const chosen = place.server
  const inputs = await gatherInputs(session, facts, undefined)
  const send = await fetchOf(session, placeUrl(facts, place, session), hasCertificate(facts.inputs, inputs))
  const client = await provider.open(inputs, { place, fetch: send })
  const colours = coloursFor(stdout, env)
  if (!json) stdout.write(`\n  ${colours.bold('Chaveiro')}: ${facts.title}, ${chosen}\n\n`)
  const scenes: Scene[] = []
  try {
    await connect(session, client, provider, { id, title: facts.title, place })
    for await (const scene of play(session, client, provider.probePath, signInMethodOf(facts, inputs)?.holdsToken)) {
      scenes.push(scene)
      if (json) continue
      stdout.write(`  ${scene.ok ? colours.green('✓') : colours.red('✗')} ${describe(session, scene)}\n`)
    }
  } finally {
    await client.end()
    await client.close()
  }
  const ok = scenes.every((scene) => scene.ok)
  if (json) printJson(session, { ok, provider: id, server: chosen, scenes })
  else stdout.write('\n')
  return ok
}

/** A person agrees first, where the provider asks one: on this machine, or at the address of ACME_REDIRECT_URI or the like. */
async function connect(
  session: Session,
  client: Client,
  provider: CliProvider,
  { id, title, place }: { readonly id: string; readonly title: string; readonly place: Place },
): Promise<void> {
  const asked = await provider.asksPerson(place)
  if (asked === undefined) return
  const { consentChoice, consentPlan } = await import('../consent/consent-plan.ts')
  const { connectAccount } = await import('../consent/connect-account.ts')
  const choice = consentChoice(session, id, {}, undefined)
  const plan = consentPlan(session, asked, { title, id, server: place.server }, choice, {})
  await connectAccount(session, client, { title, plan, scopes: choice.scopes })
}

/** What comes after a failure is not played. */
async function* play(
  session: Session,
  client: Client,
  probePath: string | undefined,
  holdsToken = false,
): AsyncGenerator<Scene> {
  let scene: Name = 'token'
  try {
    const first = await client.getToken()
    yield { scene, ok: true, expiresAt: isoDate(first.expiresAt) }
    if (probePath !== undefined) {
      scene = 'request'
      const response = await client.fetch(probePath)
      await response.body?.cancel()
      yield { scene, ok: response.ok, path: probePath, status: response.status }
    }
    // A token that the user brought can't be renewed.
    if (holdsToken) return
    scene = 'new-token'
    const second = await client.getToken({ newerThan: first })
    yield { scene, ok: true, expiresAt: isoDate(second.expiresAt) }
  } catch (error) {
    const known = isChaveiroError(error) || error instanceof Failure ? error : noAnswer(session, error)
    yield { scene, ok: false, error: { code: known.code, message: known.message } }
  }
}

function describe({ texts }: Session, scene: Scene): string {
  const { demo } = texts.messages
  if ('error' in scene) return scene.error.message
  if (scene.scene === 'request') return demo.answered(scene.path, scene.status)
  return scene.scene === 'token' ? demo.token(scene.expiresAt) : demo.newToken(scene.expiresAt)
}
