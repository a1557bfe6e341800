import type { Language } from '../messages/language.ts'

/** `--lang` first, then the locale, in the order that POSIX gives its variables; English for all others. */
export function languageOf(words: readonly string[], env: Readonly<NodeJS.ProcessEnv>): Language {
  const wish = languageOption(words) ?? env['LC_ALL'] ?? ''
  const locale = wish || env['LC_MESSAGES'] || env['LANG'] || ''
  return /^pt\b|^pt_/i.test(locale) ? 'pt-BR' : 'en'
}

/** Looked at before anything is parsed, because wrong words are reported as JSON too. */
export function wantsJson(words: readonly string[]): boolean {
  return ownArguments(words).includes('--json')
}

/** Looked at before anything is parsed, because messages about wrong arguments have a language too. */
function languageOption(words: readonly string[]): string | undefined {
  const own = ownArguments(words)
  const index = own.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='))
  if (index < 0) return undefined
  return own[index] === '--lang' ? own[index + 1] : own[index]?.slice('--lang='.length)
}

/** The words that are meant for this command: what follows `--` is the command that `exec` runs. */
function ownArguments(words: readonly string[]): readonly string[] {
  return words.includes('--') ? words.slice(0, words.indexOf('--')) : words
}
