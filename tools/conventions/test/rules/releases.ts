import type { Repository } from '../repository.ts'

const SETTINGS = 'pnpm-workspace.yaml'
const RELEASE = '.github/workflows/release.yml'

/** One workflow publishes, and every package that it publishes is signed. */
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
  ]
}

function publishes(workflow: string): boolean {
  return /\b(?:changeset|npm|pnpm(?:@[\d.]+)?) publish\b/.test(workflow.replace(/(?:^|\s)#.*$/gm, ''))
}
