import { setTimeout } from 'node:timers/promises'
import { type EnvironmentOptions, environmentChoice } from '../accounts/environment-options.ts'
import { openKeyring } from '../accounts/keyring.ts'
import { openEnvironment, providersInEnvironment } from '../accounts/open-environment.ts'
import { type AccountReport, reportAccounts, reportEnvironment } from '../accounts/report-accounts.ts'
import { DEFAULT_ACCOUNT } from '../accounts/shell-words.ts'
import { findProvider } from '../providers/find-provider.ts'
import { printJson, type Session, say } from '../session/session.ts'
import { cells } from '../terminal/fit.ts'
import { statusTable } from './status-table.ts'

export interface StatusOptions extends EnvironmentOptions {
  readonly watch?: boolean
}

const EVERY_MS = 1_000

/** `chaveiro status`: the status of the accounts. Reads the store, calls no provider. */
export async function status(
  session: Session,
  providers: readonly string[],
  options: StatusOptions,
): Promise<undefined> {
  for (const id of providers) findProvider(id, session)
  const choice = environmentChoice(session, options)
  if (choice === undefined) {
    return watch(session, options, async () => {
      const keyring = await openKeyring(session)
      return keyring === undefined ? [] : reportAccounts(session, keyring, providers)
    })
  }
  const ids = providers.length === 0 ? await providersInEnvironment(session) : providers
  const environment = await openEnvironment(session, ids, DEFAULT_ACCOUNT, choice)
  try {
    await watch(session, options, () => reportEnvironment(session, environment))
  } finally {
    await environment.tokens.close()
  }
}

type Report = () => Promise<readonly AccountReport[]>

async function watch(session: Session, { watch: goesOn = false }: StatusOptions, report: Report): Promise<undefined> {
  let shown = await show(session, report, undefined)
  while (goesOn && !session.interruption.signal.aborted) {
    await setTimeout(EVERY_MS, undefined, { signal: session.interruption.signal }).catch(() => {})
    if (!session.interruption.signal.aborted) shown = await show(session, report, shown)
  }
}

/** How many rows of the terminal a text has taken, which wraps what is wider than it. */
function rowsOf(text: string, width = Number.POSITIVE_INFINITY): number {
  const lines = text.trimEnd().split('\n')
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(cells(line) / width)), 0)
}

/** Prints the accounts; on a terminal in place of what was shown before. Returns what was printed. */
async function show(session: Session, report: Report, before: string | undefined): Promise<string> {
  const reports = await report()
  if (session.json) {
    const line = JSON.stringify(reports)
    // A program that reads a stream of lines needs the changes only.
    if (line !== before) printJson(session, reports)
    return line
  }
  if (reports.length === 0) {
    if (before === undefined) say(session, session.texts.messages.noAccounts)
    return ''
  }
  const { stdout } = session
  const table = statusTable(session, reports)
  // Up to where it began, to the start of the line, and clear what is below.
  if (before && stdout.isTTY) stdout.write(`\u001b[${rowsOf(before, stdout.columns)}A\r\u001b[J`)
  // Without a terminal a table appears again when it says something new.
  if (stdout.isTTY || table !== before) stdout.write(table)
  return table
}
