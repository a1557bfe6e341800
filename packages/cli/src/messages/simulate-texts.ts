import type { Language } from './language.ts'
import type { SimulateTexts } from './simulate.en.ts'

/** Loads what `simulate` says, in one language. No other command needs it. */
export async function loadSimulateTexts(language: Language): Promise<SimulateTexts> {
  const { simulate } = await (language === 'pt-BR' ? import('./simulate.pt-br.ts') : import('./simulate.en.ts'))
  return simulate
}
