import { execFileSync } from 'node:child_process'

/** A command as another user than root, whom PostgreSQL and pgbouncer refuse; and that user, if it is another. */
export function unprivileged(): { prefix: readonly string[]; owner: number | undefined } {
  if (process.getuid?.() !== 0) return { prefix: [], owner: undefined }
  const prefix = ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', '--']
  return { prefix, owner: Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' })) }
}
