import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SurfaceReports } from './surface-reports.ts'

/** How the committed reports differ from what the packages export now: paths from the root. */
export interface ReportDrift {
  /** Not written yet, or not as it would be now. */
  readonly stale: readonly string[]
  /** Of an entry that is gone. */
  readonly extra: readonly string[]
}

/** Compares the reports on disk with these. */
export async function findReportDrift(root: string, reports: SurfaceReports): Promise<ReportDrift> {
  const stale: string[] = []
  for (const [path, text] of reports) {
    const present = await readFile(join(root, path), 'utf8').catch(() => undefined)
    if (present !== text) stale.push(path)
  }
  const present = await reportsOnDisk(root)
  return { stale, extra: present.filter((path) => !reports.has(path)) }
}

/** Writes what is stale and deletes what is extra. */
export async function writeReports(
  root: string,
  reports: SurfaceReports,
  { stale, extra }: ReportDrift,
): Promise<void> {
  for (const path of stale) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), reports.get(path) ?? '')
  }
  for (const path of extra) await rm(join(root, path))
}

async function reportsOnDisk(root: string): Promise<readonly string[]> {
  const folders = await readdir(join(root, 'packages'))
  const found = await Promise.all(
    folders.map(async (name) => {
      const files = await readdir(join(root, 'packages', name, 'etc')).catch(() => [])
      return files.filter((file) => file.endsWith('.api.md')).map((file) => `packages/${name}/etc/${file}`)
    }),
  )
  return found.flat().sort()
}
