import { isObject, type Json, type JsonObject, listIn, objectIn, stringIn } from '../../spec/json.ts'
import type { PlannedServer, PlannedTenant } from '../plan.ts'
import { tenantOf } from '../tenant.ts'

/** The servers of another document that can be offered, and sentences about the others. */
export interface FoundServers {
  readonly servers: readonly PlannedServer[]
  /** What each user has of their own in their URLs. */
  readonly tenant: PlannedTenant | undefined
  readonly untold: readonly string[]
}

/**
 * Named after what their descriptions or hosts say. One part of a host may be each user's own; a host of which more is open,
 * or none, is not offered.
 */
export function serversOf(document: JsonObject, mark: string): FoundServers {
  const names = new Set<string>()
  const untold: string[] = []
  let tenant: PlannedTenant | undefined
  const servers = listIn(document, 'servers').flatMap((server): readonly PlannedServer[] => {
    const url = urlOf(server)
    const variables = [...url.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
    const isTenants = TENANTS.test(url) && variables[0] === (tenant?.variable ?? variables[0])
    if (isTenants) tenant ??= tenantOf(variables[0] ?? '', mark)
    else if (variables.length > 0) untold.push(`The server ${url}: only the user knows ${variables.join(' and ')}.`)
    if (isExample(url)) untold.push(`The server ${url}: it is an example.`)
    if (!(isTenants || /^https:\/\/[^{}]+$/.test(url)) || isExample(url)) return []
    const words = `${stringIn(server, 'description') ?? ''} ${url}`
    const kind = KINDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'production'
    let unique = kind
    for (let count = 2; names.has(unique); count += 1) unique = `${kind}-${count}`
    names.add(unique)
    return [{ name: unique, url: url.replace(/\/$/, ''), mark }]
  })
  if (tenant) untold.push(`What ${tenant.variable} is in the server's URL, and what it may be: any host label for now.`)
  const isNone = servers.length + untold.length === 0
  return { servers, tenant, untold: isNone ? ['The servers: none with an absolute https URL is listed.'] : untold }
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

// A whole label before a fixed domain, as lint demands.
const TENANTS = /^https:\/\/\{[^{}]+\}\.[\w-]+(\.[\w-]+)+(:\d+)?(\/[^{}]*)?$/

const KINDS: readonly (readonly [string, RegExp])[] = [
  ['sandbox', /sandbox/i],
  ['homologation', /homolog|\bhml?\b|-hom\b/i],
  ['test', /\btests?\b|\btst\b|testes|staging/i],
]
