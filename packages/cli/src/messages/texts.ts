import type { ConnectionTexts } from './connection.en.ts'
import type { DataTexts } from './data.en.ts'
import type { HelpTexts } from './help.en.ts'
import type { Language } from './language.ts'
import type { MessageTexts } from './messages.en.ts'

/** All that the command says, in one language. */
export interface Texts {
  readonly language: Language
  readonly help: HelpTexts
  readonly messages: MessageTexts
  readonly data: DataTexts
  readonly connection: ConnectionTexts
}

/** Loads one language; the other one stays on disk. */
export async function loadTexts(language: Language): Promise<Texts> {
  const { help, messages, data, connection } = await (language === 'pt-BR' ? import('./pt-br.ts') : import('./en.ts'))
  return { language, help, messages, data, connection }
}
