import type {
  AssineOnline,
  AssineOnlineLogin,
  AssineOnlineOptions,
  AssineOnlineSession,
  AssineOnlineToken,
  AssineOnlineWithToken,
} from '@chaveiro/assine-online'
import { facts, inPortuguese } from '@chaveiro/assine-online/facts'
import type { InputFact } from '@chaveiro/core/provider'
import { type CliProvider, type IssuedTokens, providerEntry } from './cli-provider.ts'
import type { SignInMethod } from './sign-in-method.ts'

const SIGN_IN_METHODS: readonly SignInMethod[] = [
  { inputs: ['username', 'password', 'lifetimeMs'] },
  { inputs: ['sessionToken', 'password', 'lifetimeMs'] },
  { inputs: ['applicationToken'], holdsToken: true },
]

// Its spec has the first method only.
const OF_OTHER_WAYS = {
  sessionToken: 'O token de uma sessão aberta em outro lugar.',
  applicationToken: 'Um token de aplicação gerado em outro lugar.',
}

type Options = AssineOnlineOptions<AssineOnlineLogin | AssineOnlineSession> | AssineOnlineOptions<AssineOnlineToken>

/** Assine Online, which has three sign-in methods and lists its tokens. */
export const assineOnline: CliProvider = providerEntry({
  async facts() {
    return { ...facts, inputs: await inputsOfAllWays(), inPortuguese: { ...inPortuguese, ...OF_OTHER_WAYS } }
  },
  signInMethods: SIGN_IN_METHODS,
  async create() {
    const { createAssineOnline } = await import('@chaveiro/assine-online')
    return (options: Options): AssineOnline | AssineOnlineWithToken =>
      options.applicationToken === undefined ? createAssineOnline(options) : createAssineOnline(options)
  },
  lifecycle: async () => (await import('@chaveiro/assine-online')).assineOnlineProvider,
  async simulator({ accessTokenLifetimeMs: sessionLifetimeMs, ...settings }) {
    const { simulateAssineOnline } = await import('@chaveiro/simulator')
    return simulateAssineOnline({ ...settings, sessionLifetimeMs })
  },
  probePath: '/v1/user?filter[0][field]=id&filter[0][type]=eq&filter[0][value]=$USER_ID',
  tokens: (client, { sessionToken }) => ('signOut' in client ? tokensOf(client, sessionToken) : undefined),
})

/** The generated facts have the first method only. Here a method needs all of its inputs that have no default. */
async function inputsOfAllWays(): Promise<Readonly<Record<string, InputFact>>> {
  const { assineOnlineProvider } = await import('@chaveiro/assine-online')
  const names = SIGN_IN_METHODS.flatMap(({ inputs }) => inputs)
  const all = Object.entries(assineOnlineProvider({ server: 'production' }).inputs ?? {})
  return Object.fromEntries(
    all.flatMap(([name, fact]) => (names.includes(name) ? [[name, { ...fact, optional: false }]] : [])),
  )
}

function tokensOf(assine: AssineOnline, sessionToken: string | undefined): IssuedTokens {
  const { applicationTokens } = assine
  const isOurs = sessionToken === undefined
  return {
    list: () => applicationTokens.list(),
    // A session that was opened for this command ends with it anyway.
    revoke: (id) => applicationTokens.revoke(id, { evenSession: isOurs }),
    async create(wish) {
      const { token, ...made } = await applicationTokens.create(wish)
      return { ...made, token: token.reveal() }
    },
    // One that was opened elsewhere is not ours to end.
    close: async () => (isOurs ? assine.signOut() : undefined),
  }
}
