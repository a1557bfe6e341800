import { parseArgs } from 'node:util'
import { raiseVersions } from './raise-versions.ts'
import { rehearse } from './rehearsal/rehearse.ts'
import { WORKSPACE } from './workspace.ts'

const HELP = `Releases are made by the workflow .github/workflows/release.yml, not by hand: it raises the versions in a pull request,
and publishes when that is merged, with provenance. Nothing was done.

  npx --yes pnpm@12.21.0 release --dry-run         goes through a release on this machine, and installs it as a user would
  npx --yes pnpm@12.21.0 release --raise-versions  what the workflow does for the pull request: versions, changelogs, READMEs
`

const options = {
  'dry-run': { type: 'boolean' },
  'raise-versions': { type: 'boolean' },
  help: { type: 'boolean' },
} as const
const { values } = parseArgs({ options })

if (values['raise-versions'] === true) {
  await raiseVersions(WORKSPACE)
} else if (values['dry-run'] === true) {
  await dryRun()
} else {
  process.stdout.write(HELP)
  process.exitCode = values.help === true ? 0 : 1
}

async function dryRun(): Promise<void> {
  try {
    await rehearse(WORKSPACE, (line) => process.stdout.write(`${line}\n`))
    process.stdout.write('\nThe release would go through. Nothing was published, and nothing is left behind.\n')
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
    process.stderr.write('\nThe release would not go through. Nothing was published, and nothing is left behind.\n')
    process.exitCode = 1
  }
}
