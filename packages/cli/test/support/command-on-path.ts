import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Home, MAIN } from './home.ts'

/** The same home, with the command on its PATH, as an installed one is. */
export function withCommand(home: Home): Home {
  writeFileSync(join(home.path, 'chaveiro'), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`, { mode: 0o755 })
  return { ...home, env: { ...home.env, PATH: `${home.path}:${home.env['PATH']}` } }
}
