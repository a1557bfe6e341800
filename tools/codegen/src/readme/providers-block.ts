import { isFuture } from '../spec/bound-value.ts'
import { type IssuingCall, isStated } from '../spec/call.ts'
import { parentsOf } from '../spec/call-security.ts'
import { inputsOf } from '../spec/inputs.ts'
import { firstCallOf } from '../spec/lifecycle.ts'
import { type IssuedScheme, issuedSchemes, type Spec } from '../spec/spec.ts'
import type { Language, Phrases } from './phrases.ts'
import { phrases } from './phrases-by-language.ts'
import { duration, listing, request } from './words.ts'

/** The table of all published providers, for the README of the repository. */
export function providersBlock(specs: readonly Spec[], language: Language, readme: string): string {
  const words = phrases[language]
  const { provider, obtainedWith, refreshedBy, lives } = words.table
  return [
    row([provider, obtainedWith, refreshedBy, lives]),
    row(['---', '---', '---', '---']),
    ...specs.flatMap((spec) => {
      const schemes = apiSchemes(spec)
      const link = `[${spec.title}](packages/${spec.id}/${readme})`
      // Of a provider with several tokens, each row says which one it is about.
      return schemes.map((scheme) => {
        return row([schemes.length > 1 ? `${link}, \`${scheme.name}\`` : link, ...cells(spec, scheme, words)])
      })
    }),
  ].join('\n')
}

/** The schemes whose tokens an application uses: those that issue others are only steps. */
function apiSchemes(spec: Spec): readonly IssuedScheme[] {
  const schemes = issuedSchemes(spec)
  const steps = schemes.flatMap((scheme) => parentsOf(spec, scheme).map(({ name }) => name))
  return schemes.filter(({ name }) => !steps.includes(name))
}

function cells(spec: Spec, scheme: IssuedScheme, words: Phrases): readonly string[] {
  const { acquire, consent, refresh } = scheme.lifecycle
  const { table } = words
  const required = [...inputsOf(spec, scheme)].filter(
    ([, input]) => input.default === undefined && input.optional !== true,
  )
  return [
    listing(words, [...required.map(([name]) => `\`${name}\``), ...(consent === undefined ? [] : [table.consent])]),
    refresh !== undefined
      ? table.withRefreshToken(request(spec, refresh.operationId))
      : consent === undefined
        ? request(spec, acquire?.operationId ?? '')
        : table.signsInAgain,
    lifeOf(firstCallOf(scheme.lifecycle) ?? refresh, words),
  ]
}

function lifeOf(issuing: IssuingCall | undefined, words: Phrases): string {
  const { body, expires = 'undocumented' } = issuing ?? {}
  if (Object.values(body ?? {}).some(isFuture)) return words.table.asLongAsAsked
  if (typeof expires === 'string') return expires === 'never' ? words.table.never : words.table.undocumented
  if (!isStated(expires)) return duration(words, expires.after)
  if (expires.format === 'undocumented') return words.table.undocumented
  return expires.format === 'seconds' ? words.table.asLongAsItSays : words.table.untilItsDate
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
