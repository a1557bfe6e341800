import { descriptionIn } from '../providers/description.ts'
import { PROVIDERS } from '../providers/registry.ts'
import { type CliFacts, mayBeAbsent, nameOf } from '../providers/sign-in-method.ts'
import { variableName } from '../providers/variable-name.ts'
import { printJson, type Session } from '../session/session.ts'
import { coloursFor } from '../terminal/colours.ts'
import { fit, widthOf } from '../terminal/fit.ts'

/** `chaveiro providers`: what there is, what each needs, and where to get it. */
export async function providers(session: Session): Promise<undefined> {
  const all = await Promise.all(Object.values(PROVIDERS).map((provider) => provider.facts()))
  if (session.json) {
    printJson(
      session,
      all.map(({ id, title, servers, serverVariables = {}, inputs, signInMethods }) => ({
        id,
        title,
        servers,
        tenant: serverVariables,
        inputs,
        ways: signInMethods.map((method) => method.inputs),
      })),
    )
    return
  }
  for (const facts of all) session.stdout.write(`${describe(session, facts)}\n`)
}

function describe({ stdout, env, texts }: Session, facts: CliFacts): string {
  const { id, title, servers, serverVariables = {}, inputs, signInMethods } = facts
  const colours = coloursFor(stdout, env)
  const { messages, connection } = texts
  const width = Math.max(...Object.keys({ ...servers, ...serverVariables, ...inputs }).map((name) => name.length))
  const line = (name: string, text: string): string =>
    fit(`    ${name.padEnd(width)}  ${text}`, widthOf(stdout, env), name === '' ? 0 : width + 2)
  const rows = Object.entries(inputs).flatMap(([name, fact]) => {
    const notes = [
      fact.env === undefined ? [] : [fact.env],
      fact.secret ? [messages.secretInput] : [],
      mayBeAbsent(fact) ? [messages.optionalInput] : [],
    ].flat()
    const description = fact.part === undefined ? descriptionIn(texts, fact) : connection.certificate[fact.part]
    return [line(name, description), line('', notes.map((note) => colours.dim(note)).join(', '))]
  })
  const tenant = Object.entries(serverVariables).flatMap(([name, variable], index) => [
    ...(index === 0 ? [`  ${connection.tenant.parts}`] : []),
    line(name, descriptionIn(texts, variable)),
    line('', colours.dim(variableName(id, name))),
  ])
  return [
    `${colours.bold(id)}  ${title}`,
    `  ${messages.servers}`,
    ...Object.entries(servers).map(([name, url]) => line(name, url)),
    ...tenant,
    `  ${messages.inputs}`,
    ...rows,
    ...(signInMethods.length === 1
      ? []
      : [`  ${messages.ways}`, ...signInMethods.map((method) => `    ${nameOf(facts, method)}`)]),
    '',
  ].join('\n')
}
