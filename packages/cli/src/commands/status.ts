import { setTimeout } from 'node:timers/promises'
import { openKeyring } from '../accounts/keyring.ts'
import { type AccountReport, reportAccounts } from '../accounts/report-accounts.ts'
import { cells } from '../output/fit.ts'
import { statusTable } from '../output/status-table.ts'
import { printJson, type Session, say } from '../program/session.ts'

export interface StatusOptions {
  readonly watch?: boolean
}

const EVERY_MS = 1_000

/** `chaveiro status`: how the accounts stand. Reads the store, calls nobody. */
export async function status(session: Session, { watch = false }: StatusOptions): Promise<undefined> {
  let shown = await show(session, undefined)
  while (watch && !session.interruption.signal.aborted) {
    await setTimeout(EVERY_MS, undefined, { signal: session.interruption.signal }).catch(() => {})
    if (!session.interruption.signal.aborted) shown = await show(session, shown)
  }
}

/** How many rows of the terminal a text has taken, which wraps what is wider than it. */
function rowsOf(text: string, width: number): number {
  const lines = text.trimEnd().split('\n')
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(cells(line) / width)), 0)
}

/** Prints the accounts; on a terminal in place of what was shown before. Returns what was printed. */
async function show(session: Session, before: string | undefined): Promise<string> {
  const keyring = await openKeyring(session)
  const reports: readonly AccountReport[] = keyring === undefined ? [] : await reportAccounts(session, keyring)
  if (session.json) {
    const line = JSON.stringify(reports)
    // Whoever reads a stream of lines wants to know what changed.
    if (line !== before) printJson(session, reports)
    return line
  }
  if (reports.length === 0) {
    if (before === undefined) say(session, session.texts.talk.noAccounts)
    return ''
  }
  const { stdout } = session
  const table = statusTable(session, reports)
  if (before && stdout.isTTY) {
    stdout.moveCursor(0, -rowsOf(before, stdout.columns))
    stdout.cursorTo(0)
    stdout.clearScreenDown()
  }
  // Without a terminal a table appears again when it says something new.
  if (stdout.isTTY || table !== before) stdout.write(table)
  return table
}
