import type { Language } from './language.ts'
import type { ServeTexts } from './serve.en.ts'

/** Loads what the commands around the server say, in one language. No other command needs it. */
export async function loadServeTexts(language: Language): Promise<ServeTexts> {
  const { serve } = await (language === 'pt-BR' ? import('./serve.pt-br.ts') : import('./serve.en.ts'))
  return serve
}
