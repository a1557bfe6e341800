import { listen } from '@chaveiro/simulator/server'
import { noJournal } from '../../accounts/journal.ts'
import { DEFAULT_ACCOUNT } from '../../accounts/shell-words.ts'
import type { ServeTexts } from '../../messages/serve.en.ts'
import { findProvider } from '../../providers/find-provider.ts'
import type { Session } from '../../session/session.ts'
import { memoryTokens } from '../../stores/memory-tokens.ts'
import { given } from '../accounts/find-accounts.ts'
import { openAccounts } from '../accounts/open-accounts.ts'
import type { ServedAccounts } from '../accounts/served-accounts.ts'
import { type KeyWish, newKeyRecord, withKey } from '../keys/edit-keys.ts'
import { type KeyDocument, NO_KEYS } from '../keys/key-document.ts'
import type { KeyPlace } from '../keys/key-place.ts'

/** What a demo serves. None of it outlives the process. */
export interface DemoServer {
  /** Of the simulated provider. */
  readonly simulator: URL
  readonly accounts: ServedAccounts
  readonly keyPlace: KeyPlace
  /** Makes a key, before the server starts. */
  addKey(wish: Pick<KeyWish, 'name' | 'allow' | 'doors'>): Promise<string>
  /** Ends the simulator; the accounts end with the server. */
  close(): Promise<void>
}

/** The provider that is simulated. */
export const DEMO_PROVIDER = 'bitize'

/** Starts a simulated provider, and opens an account of it. */
export async function demoServer(session: Session, texts: ServeTexts): Promise<DemoServer> {
  const simulated = await findProvider(DEMO_PROVIDER, session).simulate()
  const simulator = await listen(simulated.simulator)
  const { inputs } = simulated
  const account = {
    v: 1,
    provider: DEMO_PROVIDER,
    name: DEFAULT_ACCOUNT,
    server: simulator.url.origin,
    inputs,
  } as const
  const close = (): Promise<void> => simulator.close()
  const keyPlace = memoryKeys()
  try {
    const accounts = await openAccounts(session, {
      accounts: [given(account)],
      tokens: memoryTokens(),
      journal: noJournal,
    })
    return {
      simulator: simulator.url,
      accounts,
      keyPlace,
      async addKey(wish) {
        const { record, text } = newKeyRecord({ ...wish, rate: undefined, endsAt: undefined }, Date.now(), texts)
        await keyPlace.change((document) => withKey(document, record, texts))
        return text
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function memoryKeys(): KeyPlace {
  let document: KeyDocument = NO_KEYS
  return {
    shown: 'memory',
    read: async () => document,
    async change(edit) {
      document = edit(document)
    },
    uses: undefined,
  }
}
