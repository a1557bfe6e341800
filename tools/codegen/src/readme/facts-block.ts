import type { Call, CallKey } from '../spec/call.ts'
import { credentialsOf } from '../spec/call-security.ts'
import type { Consent } from '../spec/consent.ts'
import { allInputs } from '../spec/inputs.ts'
import { callsOf, firstCallOf, type Input, refreshTokenOf } from '../spec/lifecycle.ts'
import { serverVariables, withInputNames } from '../spec/server-variables.ts'
import { type IssuedScheme, issuedSchemes, operationOf, type Spec } from '../spec/spec.ts'
import { limitRows, refreshTokenNotes } from './limit-rows.ts'
import type { Language, Phrases } from './phrases.ts'
import { phrases } from './phrases-by-language.ts'
import { apiRows, hostsOf, requestRows } from './request-rows.ts'
import { duration, lifetime, request } from './words.ts'

type Row = readonly [label: string, fact: string]

/** What a provider's documents state, as tables for the README of its package. */
export function factsBlock(spec: Spec, language: Language): string {
  const words = phrases[language]
  const schemes = issuedSchemes(spec)
  const [first] = schemes
  // One table for the usual provider; of several tokens each has its own, under its name.
  if (schemes.length === 1 && first !== undefined) {
    return table([...commonRows(spec, words), ...schemeRows(spec, first, words), ...endRows(spec, words)])
  }
  return [
    table([...commonRows(spec, words), ...endRows(spec, words)]),
    ...schemes.flatMap((scheme) => [`**\`${scheme.name}\`**`, table(schemeRows(spec, scheme, words))]),
  ].join('\n\n')
}

function commonRows(spec: Spec, words: Phrases): readonly Row[] {
  const servers = [
    ...(spec.servers.length === 0 ? [] : [hostsOf(spec, spec.servers)]),
    ...Object.keys(spec.undocumentedServers).map((name) => words.undocumentedHost(name)),
  ]
  const ofTenants = [...serverVariables(spec).values()].map(({ name, input }) => [name, input] as const)
  const inputs = [...ofTenants, ...allInputs(spec)].map(([name, input]) => `\`${name}\`${inputNotes(input, words)}`)
  return [
    [words.servers, servers.join(', ')],
    ...apiRows(spec, words),
    ...(inputs.length === 0 ? [] : [[words.inputs, inputs.join(', ')] as const]),
  ]
}

function inputNotes({ identity, secret, optional, kind, default: fallback }: Input, words: Phrases): string {
  const notes = [
    ...(identity === true ? [words.namesTheAccount] : []),
    ...(secret === true ? [words.isSecret] : []),
    ...(kind === 'certificate' ? [words.requests.certificate] : []),
    ...(optional === true ? [words.isOptional] : []),
    ...(fallback === undefined
      ? []
      : [words.byDefault(kind === 'duration' ? duration(words, fallback) : `\`${fallback}\``)]),
  ]
  return notes.length === 0 ? '' : ` (${notes.join(', ')})`
}

function schemeRows(spec: Spec, scheme: IssuedScheme, words: Phrases): readonly Row[] {
  const { acquire, consent, refresh, list, revoke, persist } = scheme.lifecycle
  const issuing = firstCallOf(scheme.lifecycle) ?? refresh
  const refreshToken = refreshTokenOf(scheme.lifecycle)
  const by = (key: CallKey, call: Call): string => describeCall(spec, scheme, { key, call }, words)
  const source = `[${words.source}](../../${spec.file.replace('openapi.yaml', 'SOURCES.md')})`
  return [
    [
      words.obtainedBy,
      acquire !== undefined
        ? `${by('acquire', acquire)}; ${words.repeat[acquire.repeat]}`
        : consent !== undefined
          ? `${asked(spec, consent, by, words)}; ${words.exchanges(by('exchange', consent.exchange))}`
          : words.isBrought,
    ],
    [
      words.refreshedBy,
      refresh !== undefined ? by('refresh', refresh) : consent === undefined ? words.obtainedAnew : words.signsInAgain,
    ],
    ...requestRows(spec, scheme, words),
    ...(refreshToken === undefined ? [] : [[words.refreshToken, refreshTokenNotes(refreshToken, words)] as const]),
    ...(issuing === undefined ? [] : [[words.lifetime, `${lifetime(words, issuing.expires)} (${source})`] as const]),
    ...(list === undefined ? [] : [[words.listedBy, by('list', list)] as const]),
    [words.revokedBy, revoke === undefined ? words.nothingDocumented : by('revoke', revoke)],
    ...limitRows(scheme.lifecycle, words),
    ...(persist === false ? [[words.kept, words.inMemoryOnly] as const] : []),
  ]
}

/** How the person agrees: on which page, without its parameters, or with which codes. */
function asked(
  spec: Spec,
  { request, shown }: Consent,
  by: (key: CallKey, call: Call) => string,
  words: Phrases,
): string {
  if (shown !== undefined) return words.typesCodes(by('show', shown))
  const [page = ''] = request?.url.split('?') ?? []
  return words.signsInOnce(page.startsWith('/') ? `\`${page}\`` : withInputNames(spec, page))
}

/** `authenticate`, `POST /auth`, with what it carries. */
function describeCall(
  spec: Spec,
  scheme: IssuedScheme,
  { key, call }: { readonly key: CallKey; readonly call: Call },
  words: Phrases,
): string {
  const operation = operationOf(spec, call.operationId)
  const credentials = operation === undefined ? [] : credentialsOf(spec, scheme, key, call, operation)
  const query = Object.entries(call.parameters ?? {}).find(([, value]) => value === '$token.refresh')?.[0]
  return [
    `\`${call.operationId}\``,
    request(spec, call.operationId),
    ...credentials.flatMap(({ kind, scheme: name }) => (kind === 'parent' ? [words.withTokenOf(name)] : [])),
    ...(query?.startsWith('query.') ? [words.withRefreshTokenInQuery(query.slice('query.'.length))] : []),
  ].join(', ')
}

/** What may be sent again, for every operation that a lifecycle calls. */
function endRows(spec: Spec, words: Phrases): readonly Row[] {
  const schemes = issuedSchemes(spec)
  const calls = schemes.flatMap(({ lifecycle }) => callsOf(lifecycle))
  const called = calls.flatMap(({ key, call }) => (key === 'show' || key === 'exchange' ? [] : [call.operationId]))
  const classes = (['always', 'unprocessed', 'never'] as const).flatMap((replay) => {
    const ids = spec.operations.filter((operation) => operation.replay === replay && called.includes(operation.id))
    if (ids.length === 0) return []
    return [`${ids.map(({ id }) => request(spec, id)).join(', ')}: ${words.replay[replay]} (\`${replay}\`)`]
  })
  // The engine's rule 11: of all lost answers, that of an acquire is worth a second one.
  const lost = schemes.flatMap(({ lifecycle: { acquire } }) => {
    if (acquire === undefined) return []
    const isRepeated =
      acquire.repeat !== 'leaves-token' && operationOf(spec, acquire.operationId)?.replay === 'unprocessed'
    return isRepeated ? [request(spec, acquire.operationId)] : []
  })
  // A code is sent once, whatever its operation says.
  const codes = calls.some(({ key }) => key === 'exchange') ? [`${words.code}: ${words.replay.never} (\`never\`)`] : []
  const again = lost.length === 0 ? [] : [`${lost.join(', ')}: ${words.lostAnswer}`]
  return [[words.sentAgain, [...classes, ...codes, ...again].join('; ')]]
}

function table(rows: readonly Row[]): string {
  return ['| | |', '| --- | --- |', ...rows.map(([label, fact]) => `| ${label} | ${fact} |`)].join('\n')
}
