import type { Keyring } from '../accounts/keyring.ts'
import type { Session } from '../session/session.ts'
import { type Finding, fine, sentenceOf, trouble } from './finding.ts'

/** Does the store of the tokens answer? */
export async function checkStore(session: Session, keyring: Keyring): Promise<Finding> {
  const { doctor } = session.texts.messages
  const { store } = keyring.profile
  try {
    const tokens = await keyring.openTokens()
    try {
      await tokens.store.read('probe')
      return fine('store', doctor.storeAnswers(store))
    } finally {
      await tokens.close()
    }
  } catch (error) {
    return trouble('store', sentenceOf(error), doctor.fixStore)
  }
}
