import { ownWords } from '../program/own-words.ts'
import type { DataTexts } from './data.en.ts'
import type { HelpTexts } from './help.en.ts'
import type { TalkTexts } from './talk.en.ts'

/** The languages that the command speaks. */
export type Language = 'en' | 'pt-BR'

/** All that the command says, in one language. */
export interface Texts {
  readonly language: Language
  readonly help: HelpTexts
  readonly talk: TalkTexts
  readonly data: DataTexts
}

/** Loads one language; the other one stays on disk. */
export async function loadTexts(language: Language): Promise<Texts> {
  const { help, talk, data } = await (language === 'pt-BR' ? import('./pt-br.ts') : import('./en.ts'))
  return { language, help, talk, data }
}

/** `--lang` first, then the locale, in the order that POSIX gives its variables; English for all others. */
export function languageOf(words: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const wish = optionOf(words) ?? env['LC_ALL'] ?? ''
  const locale = wish || env['LC_MESSAGES'] || env['LANG'] || ''
  return /^pt\b|^pt_/i.test(locale) ? 'pt-BR' : 'en'
}

/** Looked at before anything is parsed, because messages about wrong arguments have a language too. */
function optionOf(words: readonly string[]): string | undefined {
  const own = ownWords(words)
  const index = own.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='))
  if (index < 0) return undefined
  return own[index] === '--lang' ? own[index + 1] : own[index]?.slice('--lang='.length)
}
