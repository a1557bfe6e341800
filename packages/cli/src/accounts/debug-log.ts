import type { FieldsLogger, LineLogger } from '@chaveiro/core/log'
import type { Client } from '../providers/cli-provider.ts'
import type { Session } from '../session/session.ts'

const VARIABLE = 'CHAVEIRO_DEBUG'

/**
 * If the variable asks for it, writes what the engine does to stderr: a line for each event, with `--json` a JSON document.
 * Never to stdout, which belongs to the data.
 */
export async function logEvents(client: Pick<Client, 'on'>, session: Session): Promise<void> {
  const wish = session.env[VARIABLE] ?? ''
  if (wish === '' || wish === '0') return
  // Loaded only then, because scripts start the command for every request.
  const { logTo } = await import('@chaveiro/core/log')
  client.on(logTo(session.json ? jsonLogger(session) : lineLogger(session)))
}

// Not broken into lines that fit: one line is one event, also for grep.
function lineLogger({ stderr }: Session): LineLogger {
  const at = (level: string) => (line: string) => stderr.write(`[${level}] ${line}\n`)
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

function jsonLogger({ stderr }: Session): FieldsLogger {
  const at = (level: string) => (fields: object, message: string) =>
    stderr.write(`${JSON.stringify({ level, message, ...fields })}\n`)
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), bindings: () => ({}) }
}
