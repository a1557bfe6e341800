import { type Repository, readJson } from '../repository.ts'

/** A word or phrase that native readers stumble over, and what to write in its place. */
interface Avoided {
  readonly pattern: RegExp
  readonly instead: string
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
]

const PORTUGUESE: readonly Avoided[] = [
  { pattern: /(?<![\p{L}])pedidos? (?:HTTP|de token|à API|ao servidor)/giu, instead: 'requisição' },
  { pattern: /(?<![\p{L}])(?:des)?sela(?:r|m|d[oa]s?|gem)(?![\p{L}])/giu, instead: 'criptografar, criptografado' },
  { pattern: /(?<![\p{L}])(?:cofres?|vault)(?![\p{L}])/giu, instead: 'armazenamento' },
  { pattern: /(?<![\p{L}])fornecedor(?:es)?(?![\p{L}])/giu, instead: 'provedor' },
  { pattern: /(?<![\p{L}])chamadas? de token(?![\p{L}])/giu, instead: 'chamada ao endpoint de token' },
  { pattern: /(?<![\p{L}])remédios?(?![\p{L}])/giu, instead: 'como corrigir' },
  { pattern: /(?<![\p{L}])exames?(?![\p{L}])/giu, instead: 'verificações' },
  { pattern: /(?<![\p{L}])entra-se em(?![\p{L}])/giu, instead: 'fazer login' },
  { pattern: /(?<![\p{L}])escrevem? um token(?![\p{L}])/giu, instead: 'exibe um token' },
  { pattern: /[«»]/g, instead: 'aspas retas' },
]

/** How many finds each file may still have. It only shrinks, and it is empty when every text has been rewritten. */
export const EXCUSED = 'tools/conventions/words/excused.json'

/** Keeps avoided words out of every text that a person wrote, in both languages. */
export function words(repository: Repository): readonly string[] {
  const excused = repository.files.includes(EXCUSED)
    ? readJson<Readonly<Record<string, number>>>(repository, EXCUSED)
    : {}
  const written = repository.files.filter(isWritten)
  const gone = Object.keys(excused).filter((path) => !written.includes(path))
  return [
    ...written.flatMap((path) => problemsOf(path, repository.read(path), excused[path] ?? 0)),
    ...gone.map((path) => `${EXCUSED} excuses ${path}, which is not a file that a person wrote. Remove its line.`),
  ]
}

/** Not quotations of providers, nor what programs write (changelogs are made of changesets), nor the pages that list the words. */
function isWritten(path: string): boolean {
  if (!/\.(?:md|ts|mjs|ya?ml|template)$/.test(path)) return false
  return !/\/build\/|\/generated\/|\/golden\/|\/SOURCES\.md$|\/CHANGELOG\.md$|^pnpm-lock|\/pnpm-lock|^tools\/conventions\/test\/(?:rules\/)?words\.|^docs\/(?:api\/|writing\.md$)/.test(
    path,
  )
}

function problemsOf(path: string, text: string, excused: number): readonly string[] {
  const list = /pt-br/i.test(path) ? PORTUGUESE : ENGLISH
  const found = list.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)].map(({ 0: word, index }) => ({ word: word.trim(), index, instead })),
  )
  if (found.length < excused) {
    const fix = found.length === 0 ? 'Remove its line' : `Write ${found.length}`
    return [`${EXCUSED} excuses ${excused} in ${path}, which has ${found.length}. ${fix}.`]
  }
  if (found.length === excused) return []
  const places = found.map(({ word, index, instead }) => `line ${lineAt(text, index)}: "${word}" (${instead})`)
  const excuse = excused === 0 ? '' : ` (${found.length}, of which ${excused} excused)`
  return [`${path}: avoided words${excuse}. ${places.join('; ')}`]
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
