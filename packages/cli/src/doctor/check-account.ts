import type { Keyring } from '../accounts/keyring.ts'
import type { AccountReport, AccountState } from '../accounts/report-accounts.ts'
import { commandFor, profileWords } from '../accounts/shell-words.ts'
import { findProvider } from '../providers/find-provider.ts'
import { apiUrl, placeUrl } from '../providers/place.ts'
import type { Session } from '../session/session.ts'
import { formatDuration } from '../session/times.ts'
import { checkCertificates, presentedBy } from './check-certificate.ts'
import { type Finding, fine, sentenceOf, trouble } from './finding.ts'

/** What the checks of one account found, and what there is to check of its servers. */
export interface AccountFindings {
  readonly findings: readonly Finding[]
  /** Where its tokens are issued, and its API if that is elsewhere. */
  readonly servers: readonly URL[]
  /** What it presents to them. */
  readonly certificate?: ReturnType<typeof presentedBy>
}

const NEEDS_HELP: readonly AccountState[] = ['reauthorization-required', 'credentials-rejected', 'misconfigured']

/** Does the key decrypt the account, and can its token be renewed? `report`: what the store has of it. */
export async function checkAccount(
  session: Session,
  keyring: Keyring,
  { provider, name }: { readonly provider: string; readonly name: string },
  report: AccountReport | undefined,
): Promise<AccountFindings> {
  const { doctor } = session.texts.messages
  const command = (word: string): string => commandFor(session, word, { provider, account: name })
  try {
    const account = await keyring.get(provider, name)
    if (account === undefined) return { findings: [], servers: [] }
    const facts = await findProvider(provider, session).facts()
    const server = placeUrl(facts, account, session)
    const api = apiUrl(facts, account)
    const certificates = await checkCertificates(session, facts, account, command('login'))
    const token =
      report === undefined || report.state === 'unreadable'
        ? []
        : [checkToken(session, report, command('login')), ...checkRefreshToken(session, report, command('login'))]
    return {
      findings: [fine('key', doctor.decrypts(keyring.profile.keyPlace)), ...certificates, ...token],
      servers: api === undefined || api.origin === server.origin ? [server] : [server, api],
      // One that can't be read is a finding already.
      certificate: certificates.some(({ ok }) => !ok) ? undefined : presentedBy(facts, account),
    }
  } catch (error) {
    return {
      findings: [trouble('key', sentenceOf(error), doctor.signInAgain(command('logout'), command('login')))],
      servers: [],
    }
  }
}

function checkToken({ texts }: Session, report: AccountReport, login: string): Finding {
  const { messages } = texts
  const { state, expiresAt, lastFailure, nextAttemptAt } = report
  const away = (date: string): string => formatDuration(Math.abs(Date.parse(date) - Date.now()))
  const detail = [
    messages.states[state],
    ...(expiresAt === null || state === 'expired' ? [] : [messages.doctor.expiresIn(away(expiresAt))]),
    ...(lastFailure === null || lastFailure.at === null
      ? []
      : [messages.doctor.failed(lastFailure.code, messages.ago(away(lastFailure.at)))]),
    ...(nextAttemptAt === null ? [] : [messages.doctor.nextAttempt(messages.ahead(away(nextAttemptAt)))]),
  ].join(', ')
  return NEEDS_HELP.includes(state) ? trouble('token', detail, messages.doctor.fixToken(login)) : fine('token', detail)
}

// As `keep-alive` has it: with a run each day there are three tries.
const SOON_MS = 3 * 86_400_000

/** Until when an account lives that only a person can connect again, and what keeps it alive. */
function checkRefreshToken(session: Session, report: AccountReport, login: string): readonly Finding[] {
  const { doctor } = session.texts.messages
  const { refreshExpiresAt, state } = report
  // An account that needs a person already has its remedy.
  if (refreshExpiresAt === null || NEEDS_HELP.includes(state)) return []
  const left = Date.parse(refreshExpiresAt) - Date.now()
  const keepAlive = ['chaveiro keep-alive --within 3d', ...profileWords(session)].join(' ')
  if (left <= 0) return [trouble('consent', doctor.refreshTokenEnded, doctor.fixToken(login))]
  const detail = doctor.refreshTokenLives(formatDuration(left), keepAlive)
  if (left > SOON_MS) return [fine('consent', detail)]
  return [trouble('consent', detail, doctor.keepAlive(keepAlive, login))]
}
