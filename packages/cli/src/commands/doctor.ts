import { checkFolders } from '../doctor/check-folders.ts'
import { checkKeyring } from '../doctor/check-keyring.ts'
import { checkProxy } from '../doctor/check-proxy.ts'
import { checkServer } from '../doctor/check-server.ts'
import type { Finding } from '../doctor/finding.ts'
import { coloursFor } from '../output/colours.ts'
import { EXIT } from '../program/exit-code.ts'
import { Failure } from '../program/failure.ts'
import { printJson, type Session, say } from '../program/session.ts'

export interface DoctorOptions {
  readonly server?: string
}

/** `chaveiro doctor`: looks at what a token depends on, and names a remedy for what is wrong. */
export async function doctor(session: Session, { server }: DoctorOptions): Promise<number> {
  const { talk } = session.texts
  if (server !== undefined && !(/^https?:\/\//.test(server) && URL.canParse(server))) {
    throw new Failure(EXIT.usage, 'usage', talk.doctor.badServer(server))
  }
  const all: Finding[] = []
  const add = (findings: readonly Finding[]): void => {
    all.push(...findings)
    if (!session.json) for (const finding of findings) session.stdout.write(line(session, finding))
  }
  add(await checkFolders(session))
  const { findings, servers } = await checkKeyring(session)
  add(findings)
  add([await checkProxy(session)])
  const urls = server === undefined ? servers : [...servers, new URL(server)]
  for (const url of urls) add(await checkServer(session, url))
  if (session.json) printJson(session, all)
  else if (urls.length === 0) say(session, talk.doctor.noServer)
  return all.every(({ ok }) => ok) ? EXIT.done : EXIT.failed
}

function line({ stdout, env }: Session, { check, ok, detail, remedy }: Finding): string {
  const colours = coloursFor(stdout, env)
  const first = `${ok ? colours.green('✓') : colours.red('✗')} ${check.padEnd(11)}  ${detail}\n`
  return remedy === null ? first : `${first}  ${' '.repeat(11)}  ${colours.bold('→')} ${remedy}\n`
}
