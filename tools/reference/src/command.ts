import { join } from 'node:path'
import { writeApiPages } from './api-pages.ts'
import { publishedEntries } from './published-entries.ts'
import { findReportDrift, type ReportDrift, writeReports } from './report-files.ts'
import { type SurfaceReports, surfaceReports } from './surface-reports.ts'

export interface CommandIo {
  /** The root of the repository. Its packages are built. */
  readonly root: string
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
}

const USAGE = `Usage: pnpm surface [--check] [folder...]
       pnpm run docs

  surface   writes packages/*/etc/*.api.md: what each entry exports, with signatures, for review
  --check   writes nothing; fails when a report is not what the package exports now
  folder    of these packages only, such as packages/core; the others need no build
  docs      writes the API reference from the docstrings; fails when an exported symbol has none`

const PAGES = 'docs/api'

/** Runs a command and gives the exit status: 0 done, 1 something is to be fixed, 2 a mistaken command. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const [command, ...rest] = args
  const options = rest.filter((arg) => arg.startsWith('-'))
  const folders = rest.filter((arg) => !arg.startsWith('-'))
  const isCheck = options.join(' ') === '--check'
  if (command === 'surface' && isCheck) return checkSurface(io, folders)
  if (command === 'surface' && options.length === 0) return writeSurface(io, folders)
  if (command === 'docs' && rest.length === 0) return writeDocs(io)
  io.printError(USAGE)
  return 2
}

async function writeSurface({ root, print }: CommandIo, folders: readonly string[]): Promise<number> {
  const { reports, drift } = await readSurface(root, folders)
  await writeReports(root, reports, drift)
  for (const path of drift.stale) print(`written  ${path}`)
  for (const path of drift.extra) print(`deleted  ${path}`)
  if (drift.stale.length + drift.extra.length === 0) print(`${reports.size} reports up to date.`)
  return 0
}

/** What packages export now, and how their reports differ: all of them, or those in these folders. */
async function readSurface(
  root: string,
  folders: readonly string[],
): Promise<{ readonly reports: SurfaceReports; readonly drift: ReportDrift }> {
  const isMeant = (path: string): boolean =>
    folders.length === 0 || folders.some((folder) => path.startsWith(`${folder}/`))
  const entries = await publishedEntries(root)
  const reports = await surfaceReports(
    root,
    entries.filter(({ types }) => isMeant(types)),
  )
  const { stale, extra } = await findReportDrift(root, reports)
  return { reports, drift: { stale, extra: extra.filter(isMeant) } }
}

async function checkSurface({ root, print, printError }: CommandIo, folders: readonly string[]): Promise<number> {
  const { reports, drift } = await readSurface(root, folders)
  const { stale, extra } = drift
  for (const path of stale) printError(`stale  ${path}`)
  for (const path of extra) printError(`extra  ${path}`)
  if (stale.length + extra.length > 0) {
    printError('What the packages export has changed. Run `npx --yes pnpm@12.21.0 surface`, and read what it changes:')
    printError('it is what users will meet. It needs a changeset, too.')
    return 1
  }
  print(`${reports.size} reports up to date.`)
  return 0
}

async function writeDocs({ root, print, printError }: CommandIo): Promise<number> {
  const complete = await writeApiPages(root, await publishedEntries(root), join(root, PAGES))
  if (complete) print(`Written: ${PAGES}/README.md`)
  else printError('The API reference was not written: typedoc says above what is missing.')
  return complete ? 0 : 1
}
