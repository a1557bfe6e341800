import type { AccountReport } from '../accounts/report-accounts.ts'
import type { Session } from '../program/session.ts'
import { bar } from './bar.ts'
import { type Colours, coloursFor } from './colours.ts'
import { columns } from './columns.ts'
import { formatDuration } from './duration.ts'

/** The accounts as a table, with a line break at its end. */
export function statusTable(session: Session, reports: readonly AccountReport[]): string {
  const { stdout, env, texts } = session
  const colours = coloursFor(stdout, env)
  const titles = texts.talk.statusTitles
  const rows = reports.map((report) => cellsOf(session, report))
  const layout = titles.map((title, index) => ({
    width: Math.max(title.length, ...rows.map((cells) => cells[index]?.length ?? 0)),
  }))
  const lines = rows.map((cells, row) => {
    const state = reports[row]?.state ?? 'absent'
    return columns(
      layout,
      cells.map((cell, index) => (index === STATE ? paint(colours, state)(cell) : cell)),
    )
  })
  return `${[
    columns(
      layout,
      titles.map((title) => colours.dim(title)),
    ),
    ...lines,
  ].join('\n')}\n`
}

const STATE = 2

function cellsOf({ texts }: Session, report: AccountReport): string[] {
  const { provider, account, state, expiresAt, lastRefreshAt, nextAttemptAt, lastFailure } = report
  const { talk } = texts
  const now = Date.now()
  const left = expiresAt === null ? undefined : Date.parse(expiresAt) - now
  const lifetime =
    expiresAt === null || lastRefreshAt === null ? undefined : Date.parse(expiresAt) - Date.parse(lastRefreshAt)
  const share = left === undefined || lifetime === undefined || lifetime <= 0 ? undefined : left / lifetime
  const ago = (date: string | null): string => (date === null ? '–' : talk.ago(formatDuration(now - Date.parse(date))))
  return [
    provider,
    account,
    talk.states[state],
    `${bar(share)} ${left === undefined ? '?' : formatDuration(left)}`,
    ago(lastRefreshAt),
    nextAttemptAt === null ? '–' : talk.ahead(formatDuration(Date.parse(nextAttemptAt) - now)),
    lastFailure === null ? '–' : `${lastFailure.code}, ${ago(lastFailure.at)}`,
  ]
}

function paint(colours: Colours, state: AccountReport['state']): (text: string) => string {
  if (state === 'fresh') return colours.green
  return state === 'in-window' || state === 'absent' || state === 'expired' ? colours.yellow : colours.red
}
