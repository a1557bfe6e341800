import type { Repository } from '../repository.ts'

const SETTINGS = 'pnpm-workspace.yaml'
const RELEASE = '.github/workflows/release.yml'
const CI = './.github/workflows/ci.yml'

/** One workflow publishes, after all of CI, and every package that it publishes is signed. */
export function signedReleases({ files, read }: Repository): readonly string[] {
  const publishing = files.filter((path) => path.startsWith('.github/') && publishes(read(path)))
  return [
    // The one place in which `pnpm publish` looks: it ignores `publishConfig.provenance` and npm's variables.
    ...(/^provenance: true$/m.test(read(SETTINGS))
      ? []
      : [`${SETTINGS} has to say provenance: true. Without it, pnpm publishes packages that nothing signs.`]),
    ...publishing.filter((path) => path !== RELEASE).map((path) => `${path} publishes. Only ${RELEASE} may do that.`),
    ...(publishing.includes(RELEASE) && /^ +id-token: write\b/m.test(read(RELEASE))
      ? []
      : [`${RELEASE} has to publish, with id-token: write, which lets it sign.`]),
    ...(testedFirst(read(RELEASE))
      ? []
      : [`${RELEASE} has to have a job with uses: ${CI}, and what publishes needs that job.`]),
  ]
}

// A list of its own of what to install and run would fall behind CI's.
function testedFirst(workflow: string): boolean {
  const job = /^ {2}([\w-]+):\n(?: {4,}.*\n)*? {4}uses: (\S+)$/m.exec(workflow)
  return job !== null && job[2] === CI && new RegExp(`^    needs: ${job[1]}$`, 'm').test(workflow)
}

function publishes(workflow: string): boolean {
  return /\b(?:changeset|npm|pnpm(?:@[\d.]+)?) publish\b/.test(workflow.replace(/(?:^|\s)#.*$/gm, ''))
}
