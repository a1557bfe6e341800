import type { ServeTexts } from '../messages/serve.en.ts'
import { loadServeTexts } from '../messages/serve-texts.ts'
import { type DemoCall, demoPage } from '../serve/demo/demo-page.ts'
import { DEMO_PROVIDER, type DemoServer, demoServer } from '../serve/demo/demo-server.ts'
import { readListenOptions } from '../serve/door/listen-options.ts'
import { startServer } from '../serve/server.ts'
import { stopAsked } from '../serve/stop-signals.ts'
import { systemClock } from '../serve/system-clock.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { printJson, type Session, say } from '../session/session.ts'
import type { ServeOptions } from './serve.ts'

/**
 * `chaveiro serve --demo`: a server with a simulated account and keys of its own. It shows a call through each door and how to
 * repeat it, and goes on until Ctrl-C. Nothing is saved.
 */
export async function serveDemo(
  session: Session,
  providers: readonly string[],
  options: ServeOptions,
): Promise<number> {
  const texts = await loadServeTexts(session.texts.language)
  refuseOthers(providers, options, texts)
  const { logPaths = false } = options
  const place = readListenOptions(options, texts)
  const demo = await demoServer(session, texts)
  try {
    const calls = await preparedCalls(demo)
    const log = logAfter(calls.length + 1, (lines) => void session.stdout.write(lines))
    const { accounts, keyPlace } = demo
    const server = await startServer({
      accounts,
      keyPlace,
      place,
      texts,
      clock: systemClock,
      write: log.write,
      logPaths,
      metricsAccounts: false,
    }).catch(async (error: unknown) => {
      await accounts.close()
      throw error
    })
    const made: DemoCall[] = []
    for (const call of calls) made.push(await called(server.url, call))
    await log.isComplete
    show(session, texts, { url: server.url, simulator: demo.simulator.origin, calls: made })
    await stopAsked(session)
    if (!session.isUnread()) say(session, texts.stopping)
    return (await server.stop()) ? EXIT.done : EXIT.unavailable
  } finally {
    await demo.close()
  }
}

const ALLOWED = ['demo', 'port', 'logPaths', 'json', 'lang', 'profile']

/** Options that would ask for something other than what the demo shows. */
function refuseOthers(providers: readonly string[], options: ServeOptions, texts: ServeTexts): void {
  const stray = Object.entries(options).find(([name, value]) => !ALLOWED.includes(name) && value !== undefined)
  const word = providers[0] ?? (stray && `--${stray[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`)
  if (word !== undefined) throw new Failure(EXIT.usage, 'usage', texts.demo.alone(word))
}

/** A log without its first lines: of the calls that they are about, the page tells. */
function logAfter(
  count: number,
  write: (lines: string) => void,
): { readonly write: (lines: string) => void; readonly isComplete: Promise<void> } {
  let left = count
  let complete = (): void => {}
  const isComplete = new Promise<void>((resolve) => {
    complete = resolve
  })
  return {
    write(lines) {
      const own = lines.split('\n').filter((line) => line !== '')
      const after = own.slice(left)
      left = Math.max(0, left - own.length)
      if (left === 0) complete()
      if (after.length > 0) write(`${after.join('\n')}\n`)
    },
    isComplete,
  }
}

/** What is called, with a vendor at the provider so that there is something to read. */
async function preparedCalls(demo: DemoServer): Promise<readonly DemoCall[]> {
  const [account] = demo.accounts.all()
  const name = account?.name ?? ''
  await account?.client.fetch('/vendors', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Papelaria Aurora' }),
  })
  const allow = `${DEMO_PROVIDER}/${name}`
  const reader = await demo.addKey({ name: 'reader', allow: [`${allow} GET /vendors/**`], doors: ['proxy'] })
  const holder = await demo.addKey({ name: 'holder', allow: [allow], doors: ['token'] })
  const unsent = { method: 'GET', status: 0, body: '', ms: 0 } as const
  return [
    { ...unsent, door: 'proxy', path: `/v1/proxy/${allow}/vendors`, key: reader },
    { ...unsent, door: 'token', path: `/v1/tokens/${allow}`, key: holder },
  ]
}

async function called(url: string, call: DemoCall): Promise<DemoCall> {
  const startedAt = performance.now()
  const answer = await fetch(url + call.path, { headers: { authorization: `Bearer ${call.key}` } })
  const body = await answer.text()
  return { ...call, status: answer.status, body, ms: performance.now() - startedAt }
}

function show(
  session: Session,
  texts: ServeTexts,
  demo: { readonly url: string; readonly simulator: string; readonly calls: readonly DemoCall[] },
): void {
  const { url, simulator, calls } = demo
  if (session.json) {
    printJson(session, {
      url,
      simulator,
      calls: calls.map(({ door, method, path, key, status }) => ({ door, method, path, key, status })),
    })
  } else session.stdout.write(demoPage(session, texts, demo))
}
