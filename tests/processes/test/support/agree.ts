import type { ConsentProvider } from './consent-provider.ts'
import type { Fleet } from './fleet.ts'

/** A person agrees on the provider's page; the first process that runs takes the code. */
export async function agree(fleet: Fleet<ConsentProvider>): Promise<void> {
  const { members, provider } = fleet
  const member = members.find(({ isRunning }) => isRunning)
  if (member === undefined) throw new Error('No process is left to take the code.')
  const page = await fleet.passing(member.beginConsent(provider.redirectUri))
  const url = await provider.simulator.consent(page, { allow: true })
  await fleet.passing(member.tell({ order: 'finish-consent', url }))
}
