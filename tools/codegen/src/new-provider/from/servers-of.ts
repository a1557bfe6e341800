import { isObject, type Json, type JsonObject, listIn, objectIn, stringIn } from '../../spec/json.ts'
import type { PlannedServer } from '../plan.ts'

/** The servers of another document that can be offered, and sentences about the others. */
export interface FoundServers {
  readonly servers: readonly PlannedServer[]
  readonly untold: readonly string[]
}

/** Named after what their descriptions or hosts say. A host that only the user knows, or none, is not offered. */
export function serversOf(document: JsonObject, mark: string): FoundServers {
  const names = new Set<string>()
  const untold: string[] = []
  const servers = listIn(document, 'servers').flatMap((server): readonly PlannedServer[] => {
    const url = urlOf(server)
    const variables = [...url.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
    if (variables.length > 0) untold.push(`The server ${url}: only the user knows ${variables.join(' and ')}.`)
    if (isExample(url)) untold.push(`The server ${url}: it is an example.`)
    if (!/^https:\/\/[^{}]+$/.test(url) || isExample(url)) return []
    const words = `${stringIn(server, 'description') ?? ''} ${url}`
    const kind = KINDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'production'
    let unique = kind
    for (let count = 2; names.has(unique); count += 1) unique = `${kind}-${count}`
    names.add(unique)
    return [{ name: unique, url: url.replace(/\/$/, ''), mark }]
  })
  const isNone = servers.length + untold.length === 0
  return { servers, untold: isNone ? ['The servers: none with an absolute https URL is listed.'] : untold }
}

/** RFC 2606 keeps these names for examples: a document for many vendors uses them. */
export function isExample(url: string): boolean {
  return /^https?:\/\/([\w-]+\.)*example\.(com|org|net)(\/|$)/.test(url)
}

/** The address, with the variables in place that can only have one value. */
function urlOf(server: Json): string {
  const variables = isObject(server) ? objectIn(server, 'variables') : {}
  return (stringIn(server, 'url') ?? '').replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const [only, ...others] = listIn(objectIn(variables, name), 'enum')
    return typeof only === 'string' && others.length === 0 ? only : whole
  })
}

const KINDS: readonly (readonly [string, RegExp])[] = [
  ['sandbox', /sandbox/i],
  ['homologation', /homolog|\bhml?\b|-hom\b/i],
  ['test', /\btests?\b|\btst\b|testes|staging/i],
]
