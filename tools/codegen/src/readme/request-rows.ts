import { issuingCallsOf } from '../spec/lifecycle.ts'
import { withInputNames } from '../spec/server-variables.ts'
import { type IssuedScheme, isElsewhere, operationOf, type Server, type Spec, serversOf } from '../spec/spec.ts'
import type { Phrases } from './phrases.ts'

type Row = readonly [label: string, fact: string]

/** Where the API is, if it isn't where its tokens are issued. */
export function apiRows(spec: Spec, words: Phrases): readonly Row[] {
  return spec.servers.some(({ api }) => api !== undefined) ? [[words.requests.api, apisOf(spec, spec.servers)]] : []
}

/** Where the tokens of a scheme are issued and go to, if not to the servers, and what requests of the API have beside a bearer. */
export function requestRows(spec: Spec, { lifecycle, security }: IssuedScheme, words: Phrases): readonly Row[] {
  const { requests } = words
  const [first] = issuingCallsOf(lifecycle)
  const issuer = first && operationOf(spec, first.call.operationId)
  const own = issuer !== undefined && isElsewhere(spec, issuer) ? serversOf(spec, issuer) : undefined
  const { header, word } = security
  const carried = carriedBy(lifecycle.api?.parameters ?? {}, words)
  if (lifecycle.api?.security !== undefined) carried.push(requests.certificate)
  return [
    ...(own === undefined ? [] : [[requests.issuedAt, hostsOf(spec, own)] as const]),
    ...(own === undefined ? [] : [[requests.api, apisOf(spec, own)] as const]),
    ...(header === undefined ? [] : [[requests.sentIn, requests.header(header)] as const]),
    ...(word === undefined ? [] : [[requests.sentIn, `\`Authorization: ${word}\``] as const]),
    ...(carried.length === 0 ? [] : [[requests.besides, carried.join(', ')] as const]),
  ]
}

/** `production` and its URL, for each server. */
export function hostsOf(spec: Spec, servers: readonly Server[]): string {
  return servers.map(({ name, url }) => `\`${name}\` ${withInputNames(spec, url)}`).join(', ')
}

function apisOf(spec: Spec, servers: readonly Server[]): string {
  return hostsOf(
    spec,
    servers.map(({ api, url, ...server }) => ({ ...server, api, url: api ?? url })),
  )
}

/** The location-qualified names of `api.parameters`, in words. */
function carriedBy(parameters: Readonly<Record<string, unknown>>, { requests }: Phrases): string[] {
  return Object.keys(parameters).map((place) => {
    const name = place.slice(place.indexOf('.') + 1)
    return place.startsWith('query.') ? requests.query(name) : requests.header(name)
  })
}
