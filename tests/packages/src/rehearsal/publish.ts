import { join } from 'node:path'
import { publishedNames } from '../packing/pack-packages.ts'
import { run } from '../run.ts'
import { startIdentityProvider } from './identity-provider.ts'
import type { Environment } from './users-machine.ts'

// What a job of GitHub has, and a rehearsal there must not use.
const NO_JOB: Environment = {
  GITHUB_ACTIONS: undefined,
  ACTIONS_ID_TOKEN_REQUEST_URL: undefined,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined,
}

/**
 * Publishes every package that the registry does not have, as the release workflow does, but unsigned.
 *
 * @returns the names of what was published
 */
export async function publish(copy: string, env: Environment): Promise<readonly string[]> {
  const printed = await changesetPublish(copy, { ...env, ...NO_JOB, pnpm_config_provenance: 'false' })
  const names = [...printed.matchAll(/New tag:\s+(\S+)@/g)].flatMap(([, name]) => name ?? [])
  const expected = await publishedNames(copy)
  const missing = expected.filter((name) => !names.includes(name))
  if (missing.length > 0) throw new Error(`Not published: ${missing.join(', ')}. Changesets printed:\n${printed}`)
  return names
}

/**
 * Publishes as a job of GitHub, to which the identity that signs is refused: nothing may be published then. `publish` shows
 * afterwards that nothing was.
 *
 * @throws if a package did not ask to be signed
 */
export async function refuseWithoutSignature(copy: string, env: Environment): Promise<void> {
  await using provider = await startIdentityProvider()
  const printed = await changesetPublish(copy, { ...env, ...provider.env }).then(
    (output) => {
      throw new Error(`Packages were published that nothing signed:\n${output}`)
    },
    (error: unknown) => String(error),
  )
  const asked = provider.audiences().filter((audience) => audience === 'sigstore').length
  const expected = (await publishedNames(copy)).length
  if (asked !== expected) throw new Error(`Of ${expected} packages, ${asked} asked to be signed:\n${printed}`)
}

async function changesetPublish(copy: string, env: Environment): Promise<string> {
  const registry = env['npm_config_registry']
  const chosen = (await run('pnpm', ['config', 'get', 'registry'], { cwd: copy, env })).trim()
  // A rehearsal that reached npm itself would be a release.
  if (chosen !== registry) throw new Error(`pnpm would publish to ${chosen}, and not to ${registry}.`)
  // Not through `pnpm exec`, which would install first, with the store of an empty home.
  return run(join(copy, 'node_modules/.bin/changeset'), ['publish'], { cwd: copy, env })
}
