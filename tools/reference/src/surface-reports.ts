import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CompilerState,
  ConsoleMessageId,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
} from '@microsoft/api-extractor'
import type { PublishedEntry } from './published-entries.ts'

/** The texts of reports by their paths from the root. */
export type SurfaceReports = ReadonlyMap<string, string>

/**
 * What each entry exports, with signatures, as API Extractor reads it from the built declarations: one file per entry,
 * `packages/<name>/etc/<name>.<entry>.api.md`, which reviewers read beside the change.
 *
 * @throws Error with what API Extractor has to say, when it cannot read an entry.
 */
export async function surfaceReports(root: string, entries: readonly PublishedEntry[]): Promise<SurfaceReports> {
  const folder = await mkdtemp(join(tmpdir(), 'chaveiro-surface-'))
  try {
    const reports = new Map<string, string>()
    const configs = entries.map((entry) => configOf(root, entry, folder))
    const [first] = configs
    if (first === undefined) return reports
    // Compiled once for all entries: most of what a package's types lead to is the core's and the compiler's own.
    const compilerState = CompilerState.create(first, {
      additionalEntryPoints: configs.map((config) => config.mainEntryPointFilePath),
    })
    for (const [index, entry] of entries.entries()) {
      const config = configs[index]
      if (config === undefined) continue
      run(config, compilerState, entry)
      reports.set(`${entry.folder}/etc/${reportName(entry)}`, await readFile(join(folder, reportName(entry)), 'utf8'))
    }
    return reports
  } finally {
    await rm(folder, { recursive: true })
  }
}

// As a user's compiler sees the packages: without the condition under which ours reads their sources.
const CONSUMER = {
  compilerOptions: {
    module: 'nodenext',
    moduleResolution: 'nodenext',
    target: 'es2023',
    lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
  },
}

/** `core.api.md` for `@chaveiro/core`, `core.retry.api.md` for `@chaveiro/core/retry`. */
function reportName({ specifier }: PublishedEntry): string {
  return `${specifier.replace(/^@[^/]+\//, '').replaceAll('/', '.')}.api.md`
}

function configOf(root: string, entry: PublishedEntry, folder: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, entry.folder, 'package.json'),
    configObject: {
      projectFolder: join(root, entry.folder),
      mainEntryPointFilePath: join(root, entry.types),
      newlineKind: 'lf',
      compiler: { overrideTsconfig: CONSUMER },
      apiReport: {
        enabled: true,
        reportFileName: reportName(entry),
        reportFolder: folder,
        reportTempFolder: join(folder, 'new'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        // Nothing here is alpha or beta, what an entry mentions may be another entry's to export, and comments are
        // checked by the reference.
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  })
}

function run(config: ExtractorConfig, compilerState: CompilerState, { specifier }: PublishedEntry): void {
  const problems: string[] = []
  const messageCallback = (message: ExtractorMessage): void => {
    if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text)
    // Told by what is returned, where it matters.
    if (message.messageId !== ConsoleMessageId.Diagnostics) message.handled = true
  }
  const { succeeded } = Extractor.invoke(config, { compilerState, localBuild: true, messageCallback })
  if (!succeeded) throw new Error(`${specifier} cannot be read: ${problems.join('; ') || 'API Extractor failed.'}`)
}
