import type { Repository } from '../repository.ts'

/** A word or phrase that native readers stumble over, and what to write in its place. */
interface Avoided {
  readonly pattern: RegExp
  readonly instead: string
  /** Paths in which it is right. */
  readonly except?: RegExp
}

// A list, not a grammar: each entry is a habit that made earlier texts read like translations.
const ENGLISH: readonly Avoided[] = [
  { pattern: /\b(?:somebody|nobody|anybody)(?:'s)?\b/gi, instead: 'name the actor: caller, process, provider, user' },
  { pattern: /\bwhoever\b/gi, instead: 'name the actor: "a caller that …"' },
  { pattern: /(?:^|[.!] |\/\/ |\* )Who (?!(?:is|are|am|was|can|may|has)\b[^.]*\?)[a-z]/gm, instead: 'name the actor' },
  { pattern: /\b(?:he|his|him|himself)\b/g, instead: '"it", "they", or the actor' },
  { pattern: /\bmend(?:s|ed|ing)?\b/gi, instead: 'fix' },
  { pattern: /\banew\b/gi, instead: 'again' },
  { pattern: /\bmeanwhile\b/gi, instead: 'in the meantime, or nothing' },
  { pattern: /[«»]/g, instead: 'straight quotation marks' },
  {
    pattern: /\bstands? (?:in|beside|behind|on|there|here|above|outside|between|around)\b/gi,
    instead: '"is in", "is next to"',
  },
  { pattern: /\bhow (?:it|they|things|\w+ accounts?|\w+ account of \w+ \w+) stands?\b/gi, instead: 'status' },
  { pattern: /\b(?:is|are) none\b/gi, instead: '"isn\'t one", "is not a …"' },
  {
    pattern: /(?<!\bthere )\b(?:is|are) no (?!longer\b|more\b|such\b|one\b|other\b)/gi,
    instead: '"is not a …", "there isn\'t a …"',
  },
  { pattern: /\btakes? it that\b/gi, instead: 'assume' },
  { pattern: /\blets? happen\b/gi, instead: 'simulate' },
  { pattern: /\b(?:what|as) was told\b/gi, instead: 'what it reported' },
  { pattern: /\d %(?=[.,;)]| (?:of|with|more|less|fewer|failing)\b)/g, instead: '20%' },
]

// `[\p{L}]` and not `\w`, which doesn't know letters with accents.
const PORTUGUESE: readonly Avoided[] = [
  { pattern: /(?<![\p{L}])pedidos? (?:HTTP|de token|à API|ao servidor)/giu, instead: 'requisição' },
  {
    pattern: /(?<![\p{L}])(?:des)?sel(?:a|ar|am|ou|ando|ad[oa]s?|agem|agens)(?![\p{L}])/giu,
    instead: 'criptografar, criptografado',
  },
  { pattern: /(?<![\p{L}])(?:cofres?|vault)(?![\p{L}])/giu, instead: 'armazenamento', except: /comparison/ },
  // With an article or a preposition: `chaveiro store` and the option `store` keep their names.
  {
    pattern: /(?<![\p{L}])(?:[dn]?[oa]s?|ums?|aos?|pelos?|seus?|cada|outros?|sem|com|em) stores?(?![\p{L}-])/giu,
    instead: 'armazenamento',
  },
  {
    pattern: /(?<![\p{L}])(?:[dn]?os?|um|aos?|pelos?|seus?|cada|outros?|sem|com) managers?(?![\p{L}-])/giu,
    instead: 'gerenciador',
  },
  // In lower case it is a command or a key ring; as a key ring of the system it would be us.
  {
    pattern: /(?<![\p{L}])chaveiros? (?:do (?:seu )?sistema|aberto|bloqueado|trancado)(?![\p{L}])/gu,
    instead: 'keychain',
  },
  { pattern: /(?<![\p{L}])com o chaveiro aberto/giu, instead: 'keychain' },
  { pattern: /(?<![\p{L}])fornecedor(?:es)?(?![\p{L}])/giu, instead: 'provedor' },
  { pattern: /(?<![\p{L}])chamadas? de token(?![\p{L}])/giu, instead: 'chamada ao endpoint de token' },
  {
    pattern: /(?<![\p{L}])chaves? de atualização(?![\p{L}])/giu,
    instead: 'refresh token',
    // The name on the screens of that provider.
    except: /genpag/,
  },
  { pattern: /(?<![\p{L}])remédios?(?![\p{L}])/giu, instead: 'como corrigir' },
  { pattern: /(?<![\p{L}])exames?(?![\p{L}])/giu, instead: 'verificações' },
  {
    pattern: /(?<![\p{L}])(?:entra-se|(?:formas?|modos?) de entrar|entrar em (?:uma |sua )?conta)(?![\p{L}])/giu,
    instead: 'fazer login',
  },
  {
    pattern: /(?<![\p{L}])(?:escrev|imprim)(?:e|em|ir|er) (?:um |o |seu )?(?:token|segredo)s?(?![\p{L}])/giu,
    instead: 'exibe um token',
  },
  { pattern: /[«»]/g, instead: 'aspas retas' },
  {
    pattern: /(?<![\d.])\d+\.(?!\d{3}\b)\d+ (?:s|ms|min|h|vezes|[KMG]i?B)(?![\p{L}])/gu,
    instead: 'vírgula decimal: 2,2 s',
  },
  { pattern: /(?<![\d.,])\d{1,3},\d{3}(?![\d,])/g, instead: 'ponto de milhar: 1.000' },
  { pattern: /\d %/g, instead: '20%' },
]

/** In a spec, each of these members is in Portuguese, on its line or in the lines indented below it. */
const PORTUGUESE_MEMBER = /^( *)x-description-pt-BR:.*(?:\n(?:\1 .*)?)*/gm

/** A program that a page shows as its file has it, comments included: the file itself is looked at. */
const SHOWN_PROGRAM = /^<!-- examples\/\S+ -->\n\n```.*?^```$/gms

/** Keeps avoided words out of every text that a person wrote, in both languages. */
export function words(repository: Repository): readonly string[] {
  return repository.files.filter(isWritten).flatMap((path) => problemsOf(path, repository.read(path)))
}

/** Not quotations of providers, nor what programs write (changelogs are made of changesets), nor the pages that list the words. */
function isWritten(path: string): boolean {
  if (!/\.(?:md|ts|mjs|ya?ml|template)$/.test(path)) return false
  return !/\/build\/|\/generated\/|\/golden\/|\/SOURCES\.md$|\/CHANGELOG\.md$|^pnpm-lock|\/pnpm-lock|^tools\/conventions\/test\/(?:rules\/)?words\.|^docs\/(?:api\/|writing\.md$|glossary\.pt-BR\.md$)/.test(
    path,
  )
}

function problemsOf(path: string, written: string): readonly string[] {
  const text = written.replace(SHOWN_PROGRAM, blank)
  const isPortuguese = /pt-br/i.test(path)
  const portuguese = isPortuguese ? text : textOf(text, PORTUGUESE_MEMBER)
  const english = isPortuguese ? '' : text.replace(PORTUGUESE_MEMBER, blank)
  const found = [...findsIn(path, english, ENGLISH), ...findsIn(path, portuguese, PORTUGUESE)]
  if (found.length === 0) return []
  const places = found.map(({ word, index, instead }) => `line ${lineAt(text, index)}: "${word}" (${instead})`)
  return [`${path}: avoided words. ${places.join('; ')}`]
}

interface Find {
  readonly word: string
  readonly index: number
  readonly instead: string
}

function findsIn(path: string, text: string, list: readonly Avoided[]): readonly Find[] {
  return list
    .filter(({ except }) => except?.test(path) !== true)
    .flatMap(({ pattern, instead }) =>
      [...text.matchAll(pattern)].map(({ 0: word, index }) => ({ word: word.trim(), index, instead })),
    )
}

/** Only what the pattern finds, in its place, so that lines keep their numbers. */
function textOf(text: string, pattern: RegExp): string {
  let end = 0
  const kept = [...text.matchAll(pattern)].map(({ 0: part, index }) => {
    const before = blank(text.slice(end, index))
    end = index + part.length
    return before + part
  })
  return kept.join('')
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
