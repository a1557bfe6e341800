import type { Readable } from 'node:stream'
import type { ProviderFacts } from '@chaveiro/core/provider'
import { password, S_BAR, select, text } from '@clack/prompts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { parseDuration } from '../session/times.ts'
import { fit, widthOf } from '../terminal/fit.ts'
import { descriptionIn } from './description.ts'
import { type CliFacts, type CliInput, nameOf, type SignInMethod } from './sign-in-method.ts'

const OTHER = ''
// What a prompt draws before its message.
const MARGIN = 3
const BELOW_MESSAGE = `\n${S_BAR}  `
const BELOW_PROBLEM = `\n${' '.repeat(MARGIN)}`

/** What is wrong with a value; `undefined`: nothing. */
export type Check = (value: string) => string | undefined

/** Asks for an input of a provider until it can be one. */
export function askInput(session: Session, name: string, fact: CliInput): Promise<string> {
  const { secret, kind } = fact
  const isDuration = kind === 'duration'
  const check: Check = (value) =>
    isDuration && !/^\d+$/.test(value) ? complaint(() => parseDuration(name, value, session)) : undefined
  const place = kind === 'certificate' ? ` ${session.texts.connection.certificate.path}` : ''
  return ask(session, `${name}: ${descriptionIn(session.texts, fact)}${place}`, secret === true, check)
}

/** Asks for something until `check` accepts it; a secret shows as dots. */
export async function ask(session: Session, message: string, secret: boolean, check: Check): Promise<string> {
  const { messages } = session.texts
  const question = {
    message: fitted(session, message, BELOW_MESSAGE),
    output: session.stderr,
    validate: (given: string | undefined) => {
      const value = given?.trim() ?? ''
      const wrong = value === '' ? messages.cannotBeEmpty : hasControls(value) ? messages.notOneLine : check(value)
      return wrong === undefined ? undefined : fitted(session, wrong, BELOW_PROBLEM)
    },
  }
  const answer = await answered(session, (input) => (secret ? password : text)({ ...question, input }))
  return answer.trim()
}

/** What an error says that a value causes. */
export function complaint(read: () => unknown): string | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}

/** Asks which server, from the documented ones or any other. */
export async function askServer(session: Session, { title, servers }: ProviderFacts): Promise<string> {
  const { messages } = session.texts
  const documented = Object.entries(servers).map(([name, url]) => ({ value: name, label: name, hint: url }))
  const options = [...documented, { value: OTHER, label: messages.otherServer }]
  const message = fitted(session, messages.serverQuestion(title), BELOW_MESSAGE)
  const choice = await answered(session, (input) =>
    select({ message, options, input, output: session.stderr, showInstructions: false }),
  )
  if (choice !== OTHER) return choice
  return ask(session, 'URL', false, (url) => (isServer(url) ? undefined : messages.badServerUrl))
}

/** Asks which of several sign-in methods to use. */
export async function askSignInMethod(session: Session, facts: CliFacts): Promise<SignInMethod> {
  const options = facts.signInMethods.map((method, index) => ({ value: String(index), label: nameOf(facts, method) }))
  const message = fitted(session, session.texts.messages.wayQuestion(facts.title), BELOW_MESSAGE)
  const choice = await answered(session, (input) =>
    select({ message, options, input, output: session.stderr, showInstructions: false }),
  )
  const method = facts.signInMethods[Number(choice)]
  if (method === undefined) throw new TypeError('The prompt returned a choice that it did not offer.')
  return method
}

/** The answer to a prompt. A symbol is Ctrl-C, which the prompt reads from the keyboard itself. */
async function answered(session: Session, prompt: (input: Readable) => Promise<string | symbol>): Promise<string> {
  const answer = await session.keyboard.during(prompt)
  if (typeof answer === 'string') return answer
  session.interruption.interrupt()
  throw session.interruption.signal.reason
}

function fitted({ stderr, env }: Session, text: string, lineBreak: string): string {
  const width = widthOf(stderr, env)
  return fit(text, width === undefined ? undefined : width - MARGIN).replaceAll('\n', lineBreak)
}

/** A secret goes over TLS, or stays on this machine. */
function isServer(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname))
}

function hasControls(value: string): boolean {
  return /\p{Cc}/u.test(value)
}
