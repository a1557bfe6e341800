import { didYouMean } from '../session/did-you-mean.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { canAsk, type Session, say } from '../session/session.ts'
import { descriptionIn } from './description.ts'
import { gatherServer } from './gather-server.ts'
import { type Place, placeUrl } from './place.ts'
import type { CliFacts, Tenant } from './sign-in-method.ts'
import { variableName } from './variable-name.ts'

/** What options say about where an account is. */
export interface PlaceOptions {
  readonly server?: string | undefined
  /** `shop=blue-door`, or the value alone where there is only one name. */
  readonly tenant?: readonly string[] | undefined
}

/** Where the inputs go: the server, and what its URL leaves open, from options, else variables, else a prompt. */
export async function gatherPlace(session: Session, facts: CliFacts, options: PlaceOptions): Promise<Place> {
  const server = await gatherServer(session, facts, options.server)
  placeUrl(facts, { server }, session)
  const given = tenantOptions(session, facts, options.tenant ?? [])
  const known: Record<string, string> = {}
  for (const [name, variable] of variablesOf(facts)) {
    const fromEnv = session.env[variableName(facts.id, name)]
    if (given[name] === undefined && fromEnv)
      say(session, session.texts.messages.fromVariable(name, variableName(facts.id, name)))
    known[name] = given[name] ?? (fromEnv || (await asked(session, facts, name, variable)))
  }
  return placeOf(session, facts, server, known)
}

/** A place whose values the provider allows. The place of a provider without tenants has none. */
export function placeOf(
  session: Session,
  facts: CliFacts,
  server: string,
  given: Readonly<Record<string, string | undefined>>,
): Place {
  const all = variablesOf(facts)
  const variables = all.flatMap(([name, variable]): [string, string][] => {
    const value = given[name]
    if (value === undefined) throw missing(session, facts)
    const wrong = complaint(session, name, variable, value)
    if (wrong !== undefined) throw bad(wrong)
    return [[name, value]]
  })
  const place = all.length === 0 ? { server } : { server, variables: Object.fromEntries(variables) }
  placeUrl(facts, place, session)
  return place
}

/** The variables of this process that say what a server's URL leaves open, by name. */
export function tenantVariables(facts: CliFacts): readonly (readonly [name: string, variable: string])[] {
  return variablesOf(facts).map(([name]) => [name, variableName(facts.id, name)])
}

function variablesOf({ serverVariables = {} }: CliFacts): [string, Tenant][] {
  return Object.entries(serverVariables)
}

function tenantOptions(
  { texts }: Session,
  facts: CliFacts,
  words: readonly string[],
): Readonly<Record<string, string>> {
  const { tenant } = texts.connection
  const names = variablesOf(facts).map(([name]) => name)
  const [only = ''] = names
  if (words.length > 0 && names.length === 0) throw bad(tenant.hasNone(facts.title))
  const given: Record<string, string> = {}
  for (const word of words) {
    const [, named, value = ''] = /^([^=]*)=(.*)$/s.exec(word) ?? []
    if (named === undefined && names.length > 1) throw bad(tenant.unnamed(names))
    const name = named ?? only
    if (!names.includes(name)) throw bad(tenant.unknown(facts.title, name, didYouMean(name, names, texts), names))
    given[name] = named === undefined ? word : value
  }
  return given
}

async function asked(session: Session, facts: CliFacts, name: string, variable: Tenant): Promise<string> {
  if (!canAsk(session)) throw missing(session, facts)
  const { ask } = await import('./ask.ts')
  return ask(session, `${name}: ${descriptionIn(session.texts, variable)}`, false, (value) =>
    complaint(session, name, variable, value),
  )
}

/** What is wrong with a value. Nothing of it is secret, and it may be a typing mistake: it is shown. */
function complaint({ texts }: Session, name: string, variable: Tenant, value: string): string | undefined {
  const { pattern } = variable
  const { bad } = texts.connection.tenant
  return new RegExp(pattern).test(value) ? undefined : bad(name, value, pattern, descriptionIn(texts, variable))
}

function missing({ texts }: Session, facts: CliFacts): Failure {
  const rows = variablesOf(facts).map(([name, variable]) => [
    `--tenant ${name}=…`,
    `${variableName(facts.id, name)}=…`,
    descriptionIn(texts, variable),
  ])
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`)
  return bad(texts.connection.tenant.missing(facts.title, lines))
}

function bad(message: string): Failure {
  return new Failure(EXIT.usage, 'usage', message)
}
