import { english } from './phrases.en.ts'
import { portuguese } from './phrases.pt-br.ts'
import type { Language, Phrases } from './phrases.ts'

/** The phrases of each language. */
export const phrases: Readonly<Record<Language, Phrases>> = { en: english, 'pt-BR': portuguese }
