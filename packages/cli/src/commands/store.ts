import { createKeyring, openKeyring } from '../accounts/keyring.ts'
import { readStoreUrl } from '../files/read-store-url.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { canAsk, print, printJson, type Session, say } from '../session/session.ts'
import { storeKindOf, URL_VARIABLE } from '../stores/open-store.ts'

export interface StoreOptions {
  readonly fromFile?: string
}

/** `chaveiro store`: where a profile's tokens are kept. A new place is tried before anything changes. */
export async function store(
  session: Session,
  kind: string | undefined,
  { fromFile }: StoreOptions,
): Promise<undefined> {
  if (kind !== undefined && kind !== 'file' && kind !== 'url') {
    throw new Failure(EXIT.usage, 'usage', session.texts.messages.badStoreKind)
  }
  if (kind !== undefined) await change(session, kind, fromFile)
  const keyring = await openKeyring(session)
  const current = keyring?.profile.store ?? 'file'
  if (session.json) printJson(session, { profile: session.profile, store: current })
  else print(session, session.texts.messages.storeIs(session.profile, current))
}

async function change(session: Session, kind: 'file' | 'url', fromFile: string | undefined): Promise<void> {
  const url = kind === 'file' ? undefined : await gatherUrl(session, fromFile)
  const keyring = await createKeyring(session)
  await keyring.moveTokens(url)
  say(session, session.texts.messages.storeMoved)
}

async function gatherUrl(session: Session, fromFile: string | undefined): Promise<string> {
  if (fromFile !== undefined) return readStoreUrl(session, fromFile, URL_VARIABLE)
  const given = session.env[URL_VARIABLE]
  if (given) return given
  if (!canAsk(session)) throw new Failure(EXIT.usage, 'usage', session.texts.messages.storeUrlWanted(URL_VARIABLE))
  const { ask, complaint } = await import('../providers/ask.ts')
  return ask(session, session.texts.messages.storeUrlQuestion, true, (url) =>
    complaint(() => storeKindOf(url, session)),
  )
}
