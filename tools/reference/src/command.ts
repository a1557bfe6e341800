import { join } from 'node:path'
import { writeApiPages } from './api-pages.ts'
import { publishedEntries } from './published-entries.ts'
import { findReportDrift, writeReports } from './report-files.ts'
import { surfaceReports } from './surface-reports.ts'

export interface CommandIo {
  /** The root of the repository. Its packages are built. */
  readonly root: string
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
}

const USAGE = `Usage: pnpm surface [--check [folder...]]
       pnpm run docs

  surface   writes packages/*/etc/*.api.md: what each entry exports, with signatures, for review
  --check   writes nothing; fails when a report is not what the package exports now; of all packages, or of these
  docs      writes the API reference from the docstrings; fails when an exported symbol has none`

const PAGES = 'docs/api'

/** Runs a command and gives the exit status: 0 done, 1 something is to be mended, 2 a mistaken command. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const [command, option, ...folders] = args
  if (command === 'surface' && option === undefined) return writeSurface(io)
  if (command === 'surface' && option === '--check') return checkSurface(io, folders)
  if (command === 'docs' && option === undefined) return writeDocs(io)
  io.printError(USAGE)
  return 2
}

async function writeSurface({ root, print }: CommandIo): Promise<number> {
  const reports = await surfaceReports(root, await publishedEntries(root))
  const drift = await findReportDrift(root, reports)
  await writeReports(root, reports, drift)
  for (const path of drift.stale) print(`written  ${path}`)
  for (const path of drift.extra) print(`deleted  ${path}`)
  if (drift.stale.length + drift.extra.length === 0) print(`${reports.size} reports up to date.`)
  return 0
}

async function checkSurface({ root, print, printError }: CommandIo, folders: readonly string[]): Promise<number> {
  const isChecked = (path: string): boolean =>
    folders.length === 0 || folders.some((folder) => path.startsWith(`${folder}/`))
  const entries = await publishedEntries(root)
  const reports = await surfaceReports(
    root,
    entries.filter(({ types }) => isChecked(types)),
  )
  const drift = await findReportDrift(root, reports)
  const { stale } = drift
  const extra = drift.extra.filter(isChecked)
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
  if (complete) print(`Written: ${PAGES}/index.html`)
  else printError('The API reference was not written: typedoc says above what is missing.')
  return complete ? 0 : 1
}
