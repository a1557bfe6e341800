import { showsSecret } from '../../secret-traces.ts'
import { expectThat } from '../store-conformance/expectations.ts'
import type { Scene } from './scene.ts'

/** No single-use refresh token left more than once, by the requests as by the server's count. */
export function expectSentOnce<Inputs, M>({ world, spy, requests }: Scene<Inputs, M>): void {
  if (world.provider.refreshKind !== 'single-use') return
  const texts = requests.map((request) => JSON.stringify(request.reveal()))
  for (const token of new Set(spy.refreshed)) {
    const times = texts.filter((text) => showsSecret(text, [token])).length
    expectThat(times <= 1, `A single-use refresh token was sent ${times} times.`)
  }
  const reuses = world.control.reuses?.() ?? 0
  expectThat(reuses === 0, `Spent refresh tokens came back to the server ${reuses} times.`)
}
