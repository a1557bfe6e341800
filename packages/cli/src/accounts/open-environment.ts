import { isSet, takeVariables, type Variables } from '../files/take-variables.ts'
import { findProvider } from '../providers/find-provider.ts'
import { completeCertificates } from '../providers/gather-certificates.ts'
import { placeOf, tenantVariables } from '../providers/gather-place.ts'
import { serverMissing } from '../providers/gather-server.ts'
import { inputsFromVariables, variablesOf } from '../providers/inputs-from-variables.ts'
import type { Place } from '../providers/place.ts'
import { PROVIDERS } from '../providers/registry.ts'
import type { CliFacts } from '../providers/sign-in-method.ts'
import { variableName } from '../providers/variable-name.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import type { OpenStore, StoreUse } from '../stores/drivers.ts'
import { openEnvironmentStore, STORE_VARIABLES } from '../stores/environment-store.ts'
import type { EnvironmentChoice } from './environment-options.ts'
import type { AccountDocument } from './keyring.ts'

/** Accounts from variables, and where their tokens are kept. */
export interface OpenEnvironment {
  /** One for each provider, in the order that was asked for. */
  readonly accounts: readonly AccountDocument[]
  readonly tokens: OpenStore
}

/**
 * Opens one account for each of these providers, from the variables that their specifications name. Nothing of a profile is
 * read or written. An account that needs a store is refused without one, before any token call.
 */
export async function openEnvironment(
  session: Session,
  ids: readonly string[],
  name: string,
  choice: EnvironmentChoice,
  use: StoreUse = 'brief',
): Promise<OpenEnvironment> {
  const { messages } = session.texts
  const providers = ids.map((id) => ({ id, provider: findProvider(id, session) }))
  const asked = await Promise.all(providers.map(async (one) => ({ ...one, facts: await one.provider.facts() })))
  const inputs = asked.flatMap(({ facts }) => [...variablesOf(facts), ...tenantVariables(facts).map(([, one]) => one)])
  const variables = await takeVariables(session, [...new Set([...inputs, ...STORE_VARIABLES])])
  if (asked.length > 1 && choice.server !== undefined) throw new Failure(EXIT.usage, 'usage', messages.oneServer)
  const accounts: AccountDocument[] = []
  for (const { id, facts } of asked) {
    const place = chosenPlace(session, facts, choice, variables)
    const given = inputsFromVariables(session, facts, variables)
    const complete = await completeCertificates(session, facts.inputs, given, { isAsking: false })
    accounts.push({ v: 1, provider: id, name, ...place, inputs: complete })
  }
  const tokens = await openEnvironmentStore(session, choice, variables, use)
  if (tokens.outlivesProcess) return { accounts, tokens }
  for (const [index, { provider, facts }] of asked.entries()) {
    const account = accounts[index]
    if (account !== undefined && (await provider.needsStore(account)))
      throw new Failure(EXIT.usage, 'store-needed', messages.storeNeeded(facts.title))
  }
  return { accounts, tokens }
}

/** The providers of which a variable is set. */
export async function providersInEnvironment(session: Session): Promise<readonly string[]> {
  const known = Object.entries(PROVIDERS).map(async ([id, provider]) => {
    const names = variablesOf(await provider.facts())
    return names.some((name) => isSet(session, name)) ? [id] : []
  })
  const ids = (await Promise.all(known)).flat()
  if (ids.length === 0) throw new Failure(EXIT.usage, 'usage', session.texts.messages.noVariables)
  return ids
}

/** The provider to use if none is named: the only one with a variable set. */
export async function onlyProviderInEnvironment(session: Session): Promise<string> {
  const ids = await providersInEnvironment(session)
  const [only] = ids
  if (only !== undefined && ids.length === 1) return only
  throw new Failure(EXIT.usage, 'usage', session.texts.messages.severalInVariables(ids))
}

/** Where the inputs go. As everywhere, a secret goes to no server by default. */
function chosenPlace(session: Session, facts: CliFacts, choice: EnvironmentChoice, variables: Variables): Place {
  const variable = variableName(facts.id, 'server')
  const server = choice.server ?? session.env[variable]
  if (!server) throw serverMissing(session, facts, [`  ${variable}=…`])
  const given = tenantVariables(facts).map(([name, of]) => [name, variables[of]] as const)
  return placeOf(session, facts, server, Object.fromEntries(given))
}
