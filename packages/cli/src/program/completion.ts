import tab from '@bomb.sh/tab/commander'
import type { Command } from 'commander'
import { openKeyring } from '../accounts/keyring.ts'
import { PROVIDERS } from '../providers/registry.ts'
import type { Session } from '../session/session.ts'

// The library brings a command that prints scripts; ours speaks two languages and JSON.
const THEIRS = 'completion-by-tab'

/** Adds the hidden `complete`, which a completion script asks at every Tab. Loaded for this one only. */
export async function addCompletion(root: Command, session: Session, words: readonly string[]): Promise<void> {
  const id = words.find((word) => Object.hasOwn(PROVIDERS, word))
  const values: Readonly<Record<string, readonly string[]>> = {
    '--account': await accountsOf(session, id),
    '--server': await serversOf(id),
  }
  for (const { options } of root.commands) {
    for (const option of options) {
      const known = values[option.long ?? '']
      if (known !== undefined) option.argChoices = [...known]
    }
  }
  tab(root, { completionCommandName: THEIRS }).commands.delete(THEIRS)
}

/** The names of the accounts, which are read without any key. At Tab nothing is worth an error. */
async function accountsOf(session: Session, id: string | undefined): Promise<readonly string[]> {
  try {
    const all = (await (await openKeyring(session))?.list()) ?? []
    const names = all.filter(({ provider }) => id === undefined || provider === id).map(({ name }) => name)
    return [...new Set(names)]
  } catch {
    return []
  }
}

async function serversOf(id: string | undefined): Promise<readonly string[]> {
  const facts = id === undefined ? undefined : await PROVIDERS[id]?.facts()
  return Object.keys(facts?.servers ?? {})
}
