import { describe, expect, test } from 'vitest'
import { SECOND, type World, world } from '../support/engine-world.ts'
import { offline, status, tokenAnswer } from '../support/scripted-issuer.ts'

/** An account with the token `one`; the next one is `two`. */
async function holding(): Promise<World> {
  const made = world()
  made.issuer.prepare(tokenAnswer('one', { refresh_token: 'r1' }))
  await made.source.getToken()
  made.events.length = 0
  made.issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
  return made
}

describe('the event of a renewal', () => {
  test.each<[string | undefined, (made: World) => Promise<unknown>]>([
    [
      'window',
      async ({ clock, ask, background }) => {
        await clock.advance(850 * SECOND)
        await ask()
        await background()
      },
    ],
    [
      'margin',
      async ({ clock, ask }) => {
        await clock.advance(950 * SECOND)
        await ask()
      },
    ],
    [
      'rejected',
      async ({ source, ask }) => {
        await source.reject(await source.getToken())
        await ask()
      },
    ],
    ['forced', async ({ source, ask }) => ask({ newerThan: await source.getToken() })],
  ])('names its cause: %s', async (cause, use) => {
    const made = await holding()
    await use(made)
    await Promise.resolve()
    expect(made.heard('refresh.done')).toEqual([
      {
        type: 'refresh.done',
        provider: 'example',
        account: { tenant: 'seller' },
        generation: 2,
        expiresAt: made.clock.now() + 1_000 * SECOND,
        source: 'provider',
        attempts: 1,
        durationMs: 0,
        renewal: expect.any(Number),
        cause,
      },
    ])
  })

  test('counts its token calls, and how long all of them took', async () => {
    const { issuer, askPatiently, heard, clock } = world({ manager: { random: () => 0.5 } })
    const before = clock.monotonic()
    issuer.prepare(offline(), offline(), tokenAnswer('one'))
    expect(await askPatiently()).toBe('one')
    const [done] = heard('refresh.done')
    expect(done).toMatchObject({ attempts: 3, durationMs: clock.monotonic() - before })
    expect(done?.durationMs).toBeGreaterThan(0)
    expect(done?.cause).toBeUndefined()
    expect(heard('refresh.started').map(({ attempts }) => attempts)).toEqual([1, 2, 3])
  })

  test('that failed has the code, the calls and the token in hand', async () => {
    const { issuer, source, clock, askPatiently, heard } = world({ provider: { canAcquire: false } })
    await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
    issuer.prepare(status(400))
    expect(await askPatiently()).toBe('reauthorization-required')
    const told = { provider: 'example', code: 'reauthorization-required', generation: 1 }
    expect(heard('refresh.failed')).toMatchObject([{ ...told, attempts: 1, cause: 'margin' }])
    expect(heard('reauthorization.required')).toMatchObject([told])
  })
})
