import { isChaveiroError } from '@chaveiro/core'
import { profileFolders } from '../accounts/folders.ts'
import { type Keyring, openKeyring } from '../accounts/keyring.ts'
import { readProfile } from '../accounts/profile.ts'
import { type AccountReport, reportAccounts } from '../accounts/report-accounts.ts'
import type { Session } from '../session/session.ts'
import { checkAccount } from './check-account.ts'
import { checkFolders } from './check-folders.ts'
import { checkProxy } from './check-proxy.ts'
import { checkServer } from './check-server.ts'
import { checkStore } from './check-store.ts'
import { type Finding, fine, surviving, trouble } from './finding.ts'

/** Findings that belong together. */
export interface FindingGroup {
  /** `null`: they are about the machine and the profile. */
  readonly account: { readonly provider: string; readonly account: string } | null
  /** The server of an option, which belongs to no account. */
  readonly server?: URL
  readonly findings: readonly Finding[]
}

/** Looks at everything that a token depends on: the machine and the profile, each account, and a server that is named. */
export async function* examine(session: Session, server: URL | undefined): AsyncGenerator<FindingGroup> {
  const { doctor } = session.texts.messages
  const survive = (
    check: string,
    look: () => Promise<readonly Finding[]>,
    remedy = doctor.fixProfile(session.profile),
  ) => surviving(session, check, remedy, look)
  let keyring: Keyring | undefined
  let accounts: Awaited<ReturnType<Keyring['list']>> = []
  let reports: readonly AccountReport[] = []
  const folders = await survive('permissions', () => checkFolders(session))
  const profile = await survive('profile', async () => {
    await readProfile(profileFolders(session), session.texts)
    try {
      keyring = await openKeyring(session)
    } catch (error) {
      // The profile can be read, so the core reports a key that is missing or out of reach.
      if (isChaveiroError(error)) return [trouble('key', error.message, doctor.restoreKey)]
      throw error
    }
    if (keyring === undefined) return [fine('profile', doctor.noProfile(session.profile))]
    accounts = await keyring.list()
    return [fine('profile', doctor.profileOpens(session.profile, accounts.length)), await checkStore(session, keyring)]
  })
  const proxy = await survive('proxy', async () => [await checkProxy(session)], doctor.fixProxy)
  yield { account: null, findings: [...folders, ...profile, ...proxy] }

  const opened = keyring
  if (opened !== undefined && accounts.length > 0) {
    // A store that cannot be opened is among the findings already.
    reports = await reportAccounts(session, opened, []).catch(() => [])
    for (const account of accounts) {
      const findings = await survive('account', () => ofAccount(session, opened, account, reports))
      yield { account: { provider: account.provider, account: account.name }, findings }
    }
  }
  if (server !== undefined) {
    const findings = await survive('tls', () => checkServer(session, server), doctor.fixNetwork)
    yield { account: null, server, findings }
  }
}

async function ofAccount(
  session: Session,
  keyring: Keyring,
  account: { readonly provider: string; readonly name: string },
  reports: readonly AccountReport[],
): Promise<readonly Finding[]> {
  const { doctor } = session.texts.messages
  const report = reports.find((one) => one.provider === account.provider && one.account === account.name)
  const { findings, servers, certificate } = await checkAccount(session, keyring, account, report)
  const all = [...findings]
  for (const server of servers) {
    all.push(...(await surviving(session, 'tls', doctor.fixNetwork, () => checkServer(session, server, certificate))))
  }
  return all
}
