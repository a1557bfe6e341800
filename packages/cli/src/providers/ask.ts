import type { InputFact, ProviderFacts } from '@chaveiro/core/provider'
import { password, select, text } from '@clack/prompts'
import type { Session } from '../program/session.ts'
import { type CliFacts, nameOf, type Way } from './way.ts'

const OTHER = ''

/** Asks for an input of a provider. */
export function askInput(session: Session, name: string, { description, secret }: InputFact): Promise<string> {
  return ask(session, `${name}: ${description}`, secret === true)
}

/** Asks for something; a secret shows as dots. */
export async function ask(session: Session, message: string, secret: boolean): Promise<string> {
  const question = {
    message,
    output: session.stderr,
    validate: (value: string | undefined) => (value ? undefined : session.texts.talk.cannotBeEmpty),
  }
  return answered(session, await (secret ? password(question) : text(question)))
}

/** Asks which server, from the documented ones or any other. */
export async function askServer(session: Session, { title, servers }: ProviderFacts): Promise<string> {
  const { talk } = session.texts
  const documented = Object.entries(servers).map(([name, url]) => ({ value: name, label: name, hint: url }))
  const options = [...documented, { value: OTHER, label: talk.otherServer }]
  const choice = answered(
    session,
    await select({ message: talk.serverQuestion(title), options, output: session.stderr }),
  )
  if (choice !== OTHER) return choice
  return answered(session, await text({ message: 'URL', placeholder: 'https://…', output: session.stderr }))
}

/** Asks which of several ways in. */
export async function askWay(session: Session, facts: CliFacts): Promise<Way> {
  const options = facts.ways.map((way, index) => ({ value: String(index), label: nameOf(facts, way) }))
  const question = { message: session.texts.talk.wayQuestion(facts.title), options, output: session.stderr }
  const way = facts.ways[Number(answered(session, await select(question)))]
  if (way === undefined) throw new TypeError('There is no such way in.')
  return way
}

/** A symbol is Ctrl-C, which the prompt reads from the keyboard itself. */
function answered(session: Session, answer: string | symbol): string {
  if (typeof answer === 'string') return answer
  session.interruption.interrupt()
  throw session.interruption.signal.reason
}
