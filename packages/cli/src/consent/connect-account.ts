import { readText } from '../files/read-file.ts'
import type { Client } from '../providers/cli-provider.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { canAsk, printJson, type Session, say } from '../session/session.ts'
import type { ConsentPlan } from './consent-plan.ts'
import { browserOpener, openBrowser } from './open-browser.ts'
import { listenForBrowser } from './returning-browser.ts'

/** What is asked, and of whom. */
export interface Connection {
  readonly title: string
  readonly plan: ConsentPlan
  readonly scopes: readonly string[] | undefined
}

/** A person agrees on a page of the provider; from then on the client has a token. */
export async function connectAccount(session: Session, client: Client, connection: Connection): Promise<void> {
  const { plan } = connection
  if (plan.kind === 'listen') return byBrowser(session, client, connection, plan.redirectUri)
  return plan.kind === 'paste'
    ? byPaste(session, client, connection, plan.redirectUri)
    : byCode(session, client, connection)
}

async function byBrowser(
  session: Session,
  { consent }: Client,
  { title, scopes }: Connection,
  place: URL,
): Promise<void> {
  const { messages } = session.texts
  const browser = await listenForBrowser(session, place)
  try {
    const { redirectUri } = browser
    const { url, pending, expiresAt } = await consent.begin({ redirectUri, scopes })
    await show(session, title, { url, redirectUri })
    const callback = await inTime(session, expiresAt, (signal) => browser.callback(signal))
    await consent.finish({ url: callback, pending })
    await browser.say(messages.consent.connected(title))
  } catch (error) {
    await browser.say(messages.consent.notConnected)
    throw error
  } finally {
    browser.close()
  }
}

async function byPaste(
  session: Session,
  { consent }: Client,
  { title, scopes }: Connection,
  redirectUri: string,
): Promise<void> {
  const { messages } = session.texts
  const { url, pending } = await consent.begin({ redirectUri, scopes })
  await show(session, title, { url, redirectUri })
  const isAnswer = (text: string): boolean => URL.canParse(text) && /[?&](code|error)=/.test(text)
  const address = await answer(session, messages.consent.pasteQuestion(title), (text) =>
    isAnswer(text) ? undefined : messages.consent.notTheAddress,
  )
  await consent.finish({ url: address, pending })
}

async function byCode(session: Session, { consent }: Client, { title, scopes }: Connection): Promise<void> {
  const { messages } = session.texts
  const { url, userCode = '', pending } = await consent.begin({ scopes })
  await show(session, title, { url, userCode })
  const code = await answer(session, messages.consent.codeQuestion(title), () => undefined)
  await consent.finish({ code, pending })
}

/** Where the person goes: opened if that can be seen, and printed in any case. */
async function show(
  session: Session,
  title: string,
  page: { readonly url: string; readonly redirectUri?: string; readonly userCode?: string },
): Promise<void> {
  const { texts, stderr, env } = session
  const { consent } = texts.messages
  const { url, redirectUri, userCode } = page
  const opener = browserOpener(env, process.platform)
  if (session.json) printJson(session, { url, redirectUri: redirectUri ?? null, userCode: userCode ?? null })
  else {
    say(session, opener === undefined ? consent.openYourself(title) : consent.opening(title))
    // Whole, however narrow the terminal is: an address that is broken into lines can't be followed.
    stderr.write(`\n  ${url}\n\n`)
    if (userCode !== undefined) say(session, consent.typeThere(userCode))
    const port = redirectUri?.startsWith('http:') ? new URL(redirectUri).port : ''
    if (opener === undefined && port !== '') say(session, consent.elsewhere(port))
  }
  if (opener !== undefined) await openBrowser(opener, url)
}

/** Waits until the consent ends, or the command. */
async function inTime<T>(
  { interruption, texts }: Session,
  expiresAt: number,
  wait: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = AbortSignal.timeout(Math.max(0, expiresAt - Date.now()))
  try {
    return await wait(AbortSignal.any([interruption.signal, end]))
  } catch (error) {
    if (interruption.signal.aborted || !end.aborted) throw error
    throw new Failure(EXIT.signIn, 'reauthorization-required', texts.messages.consent.tooLate)
  }
}

/** What the person pastes or types, without showing it; where there is no terminal, what comes through stdin. */
async function answer(
  session: Session,
  question: string,
  check: (text: string) => string | undefined,
): Promise<string> {
  if (canAsk(session)) return (await import('../providers/ask.ts')).ask(session, question, true, check)
  const text = (await readText(session, '-')).trim()
  const wrong = text === '' ? session.texts.messages.cannotBeEmpty : check(text)
  if (wrong !== undefined) throw new Failure(EXIT.usage, 'usage', wrong)
  return text
}
