import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningServer } from '@chaveiro/test-servers'

/** Variables for a program; `undefined` takes one away. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The environment of a machine with no settings and no cache, which has this registry in place of npm's.
 *
 * @param home is made, and gets whatever the programs there write
 */
export async function usersMachine(home: string, registry: RunningServer): Promise<Environment> {
  await mkdir(home, { recursive: true })
  // Everyone may publish there, but a token has to be sent.
  const settings = [`registry=${registry.url}`, `//127.0.0.1:${registry.port}/:_authToken=anyone`]
  await writeFile(join(home, '.npmrc'), `${settings.join('\n')}\n`)
  return {
    ...withoutSettings(),
    HOME: home,
    npm_config_cache: join(home, '.npm'),
    npm_config_userconfig: join(home, '.npmrc'),
    // What `npm install --global` installs, and where.
    npm_config_prefix: join(home, 'global'),
    // Each program looks at its own variable before it looks at the file.
    npm_config_registry: registry.url,
    pnpm_config_registry: registry.url,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_loglevel: 'error',
  }
}

/** Takes away what this machine sets for its own programs, npx for what it runs among them. */
function withoutSettings(): Environment {
  const set = Object.keys(process.env).filter((name) => /^p?npm_config_|^XDG_/i.test(name))
  return Object.fromEntries(set.map((name) => [name, undefined]))
}
