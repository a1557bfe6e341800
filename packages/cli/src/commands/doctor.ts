import { examine, type FindingGroup } from '../doctor/examine.ts'
import type { Finding } from '../doctor/finding.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { print, printJson, type Session } from '../session/session.ts'
import { coloursFor } from '../terminal/colours.ts'
import { fit, widthOf } from '../terminal/fit.ts'

export interface DoctorOptions {
  readonly server?: string
}

const CHECK_WIDTH = 'permissions'.length

/** `chaveiro doctor`: checks what a token depends on, account by account, and says how to fix what is wrong. */
export async function doctor(session: Session, { server }: DoctorOptions): Promise<number> {
  const { messages } = session.texts
  if (server !== undefined && !(/^https?:\/\//.test(server) && URL.canParse(server))) {
    throw new Failure(EXIT.usage, 'usage', messages.doctor.badServer(server))
  }
  const groups: FindingGroup[] = []
  for await (const group of examine(session, server === undefined ? undefined : new URL(server))) {
    groups.push(group)
    if (!session.json) show(session, group)
  }
  const all = groups.flatMap(({ account, findings }) => findings.map((finding) => ({ account, ...finding })))
  const isFine = all.every(({ ok }) => ok)
  if (session.json) printJson(session, all)
  else {
    if (groups.length === 1 && isFine) print(session, `${messages.doctor.noServer}\n`)
    print(session, verdict(session, all))
  }
  return isFine ? EXIT.done : EXIT.failed
}

function show(session: Session, { account, server, findings }: FindingGroup): void {
  const { doctor } = session.texts.messages
  const colours = coloursFor(session.stdout, session.env)
  const title =
    account === null ? (server?.origin ?? doctor.machine) : doctor.account(account.provider, account.account)
  print(session, colours.bold(title))
  for (const finding of findings) session.stdout.write(lines(session, finding))
  session.stdout.write('\n')
}

function lines({ stdout, env }: Session, { check, ok, detail, remedy }: Finding): string {
  const colours = coloursFor(stdout, env)
  const width = widthOf(stdout, env)
  const indent = ' '.repeat(CHECK_WIDTH + 6)
  const first = `  ${mark(colours, { ok, remedy })} ${check.padEnd(CHECK_WIDTH)}  ${detail}`
  const all = [fit(first, width, CHECK_WIDTH + 4)]
  if (remedy !== null) all.push(fit(`${indent}${colours.bold('→')} ${remedy}`, width, 2))
  return `${all.join('\n')}\n`
}

function mark(colours: ReturnType<typeof coloursFor>, { ok, remedy }: Pick<Finding, 'ok' | 'remedy'>): string {
  if (!ok) return colours.red('✗')
  return remedy === null ? colours.green('✓') : colours.yellow('!')
}

function verdict({ stdout, env, texts }: Session, findings: readonly Finding[]): string {
  const colours = coloursFor(stdout, env)
  const wrong = findings.filter(({ ok }) => !ok)
  const warned = findings.filter(({ ok, remedy }) => ok && remedy !== null)
  const warnings = warned.length === 0 ? '' : ` ${texts.connection.warnings(warned.length, checksOf(warned))}`
  if (wrong.length === 0) return `${colours.green('✓')} ${texts.messages.doctor.allFine}${warnings}`
  return `${colours.red('✗')} ${texts.messages.doctor.problems(wrong.length, checksOf(wrong))}${warnings}`
}

function checksOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(({ check }) => check))]
}
