import type { AccountReport } from '../accounts/report-accounts.ts'
import type { Session } from '../session/session.ts'
import { formatDuration } from '../session/times.ts'
import { type Colours, coloursFor } from '../terminal/colours.ts'
import { widthOf } from '../terminal/fit.ts'
import { NOTHING, table } from '../terminal/table.ts'

/** The accounts as a table, with a line break at its end. */
export function statusTable(session: Session, reports: readonly AccountReport[]): string {
  const { stdout, env, texts } = session
  const colours = coloursFor(stdout, env)
  const { statusTitles, refreshTokenTitle, ahead } = texts.messages
  // A column that most people need not see: where a person connects the account.
  const hasEnds = reports.some(({ refreshExpiresAt }) => refreshExpiresAt !== null)
  const endOf = ({ refreshExpiresAt }: AccountReport): string =>
    refreshExpiresAt === null ? NOTHING : ahead(formatDuration(Date.parse(refreshExpiresAt) - Date.now()))
  const rows = reports.map((report) => [...rowOf(session, colours, report), ...(hasEnds ? [endOf(report)] : [])])
  const titles = hasEnds ? [...statusTitles, refreshTokenTitle] : statusTitles
  const whole = { titles, rows, dim: colours.dim, names: 2 }
  return `${table(whole, widthOf(stdout, env)).join('\n')}\n`
}

function rowOf({ texts }: Session, colours: Colours, report: AccountReport): string[] {
  const { provider, account, state, expiresAt, lastRefreshAt, nextAttemptAt, lastFailure } = report
  const { messages } = texts
  const now = Date.now()
  const left = expiresAt === null ? undefined : Date.parse(expiresAt) - now
  const lifetime =
    expiresAt === null || lastRefreshAt === null ? undefined : Date.parse(expiresAt) - Date.parse(lastRefreshAt)
  const share = left === undefined || lifetime === undefined || lifetime <= 0 ? undefined : left / lifetime
  const ago = (date: string | null): string =>
    date === null ? NOTHING : messages.ago(formatDuration(now - Date.parse(date)))
  return [
    provider,
    account,
    paint(colours, state)(messages.states[state]),
    left === undefined ? NOTHING : `${bar(share)} ${formatDuration(left)}`,
    ago(lastRefreshAt),
    nextAttemptAt === null ? NOTHING : messages.ahead(formatDuration(Date.parse(nextAttemptAt) - now)),
    lastFailure === null ? NOTHING : `${lastFailure.code}, ${ago(lastFailure.at)}`,
  ]
}

function paint(colours: Colours, state: AccountReport['state']): (text: string) => string {
  if (state === 'fresh') return colours.green
  return state === 'in-window' || state === 'absent' || state === 'expired' ? colours.yellow : colours.red
}

const CELLS = 10
// From nothing to a whole cell, in eighths.
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█']

/** A bar of ten cells. `undefined`: the share is unknown. */
export function bar(share: number | undefined): string {
  if (share === undefined) return '·'.repeat(CELLS)
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * CELLS * 8)
  const filled = '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')
  return filled.padEnd(CELLS, '░')
}
