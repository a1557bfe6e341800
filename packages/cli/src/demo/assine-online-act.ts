import { createAssineOnline } from '@chaveiro/assine-online'
import { simulateAssineOnline } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { type Act, codes, PATIENCE, request, type Scene } from './act.ts'
import { DAY, MINUTE, travellingClock } from './travelling-clock.ts'

const CROWD = 1_000
const ME = '/v1/user?filter[0][field]=id&filter[0][type]=eq&filter[0][value]=$USER_ID'

/** Assine Online: a session and the password make application tokens, which stay until they are revoked. */
export async function assineOnlineAct(): Promise<Act> {
  const clock = travellingClock()
  const simulator = simulateAssineOnline({ clock })
  const server = await listen(simulator)
  const background: Promise<unknown>[] = []
  const waitUntil = (work: Promise<unknown>): void => void background.push(work)
  const inputs = { server: server.url, ...simulator.credentials, clock, ...PATIENCE }
  const assine = createAssineOnline({ ...inputs, waitUntil })
  const me = (callers: number): Promise<string> => request(assine.fetch, ME, callers)
  const live = (): string => {
    const tokens = simulator.tokens.filter(({ kind, state }) => kind === 'application' && state === 'live')
    return `live: ${tokens.length}`
  }

  const scenes: readonly Scene[] = [
    {
      title: 'a login and its session obtain a token',
      expect: { callers: 1, tokenCalls: { login: 1, acquire: 1 }, apiCalls: 1 },
      play: () => me(1),
    },
    {
      title: 'a thousand requests share it',
      expect: { callers: CROWD, tokenCalls: {}, apiCalls: CROWD },
      play: () => me(CROWD),
    },
    {
      title: 'renewed a day early, in the background',
      expect: { callers: CROWD, tokenCalls: { login: 1, acquire: 1 }, apiCalls: CROWD },
      async play() {
        clock.travel(29 * DAY + 6 * 60 * MINUTE)
        const answers = await me(CROWD)
        await Promise.all(background.splice(0))
        return `${answers}, ${live()}`
      },
    },
    {
      title: 'minutes later the old one is revoked',
      expect: { callers: 1, tokenCalls: { revoke: 1 }, apiCalls: 1 },
      async play() {
        clock.travel(6 * MINUTE)
        const answer = await me(1)
        await Promise.all(background.splice(0))
        return `${answer}, ${live()}`
      },
    },
    {
      title: 'revoked by a person: 401, a new token',
      expect: { callers: 1, tokenCalls: { acquire: 1 }, apiCalls: 2 },
      play() {
        simulator.revoke({ kind: 'application' })
        return me(1)
      },
    },
    {
      title: 'a lost answer: found, revoked, redone',
      expect: { callers: 1, tokenCalls: { acquire: 2, list: 1, revoke: 1 }, apiCalls: 2 },
      async play() {
        simulator.revoke({ kind: 'application' })
        simulator.faults.next({ kind: 'reset', processed: true, operation: 'createApplicationToken' })
        return `${await me(1)}, ${live()}`
      },
    },
    {
      title: 'another: created, listed and revoked',
      expect: { callers: 0, tokenCalls: { acquire: 1, list: 2, revoke: 1 }, apiCalls: 0 },
      async play() {
        const { id = '' } = await assine.applicationTokens.create({ lifetimeMs: DAY })
        await assine.applicationTokens.list()
        await assine.applicationTokens.revoke(id)
        return live()
      },
    },
    {
      title: 'a wrong password: one login, one error',
      expect: { callers: 3, tokenCalls: { login: 1 }, apiCalls: 0 },
      async play() {
        await using stranger = createAssineOnline({ ...inputs, password: 'not-the-password' })
        return await codes(() => stranger.getToken(), 3)
      },
    },
  ]
  return {
    provider: 'assine-online',
    title: 'Assine Online',
    url: server.url,
    scenes,
    counts: () => ({
      tokenCalls: {
        login: simulator.count('login'),
        acquire: simulator.count('createApplicationToken'),
        list: simulator.count('listApplicationTokens'),
        revoke: simulator.count('revokeApplicationToken'),
      },
      apiCalls: simulator.count('readUser'),
    }),
    async [Symbol.asyncDispose]() {
      await assine.close()
      await server.close()
    },
  }
}
