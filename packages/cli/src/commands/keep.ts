import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AccessToken } from '@chaveiro/core'
import { type EnvironmentOptions, environmentChoice } from '../accounts/environment-options.ts'
import { type OpenAccount, partsOfAccount, withAccount } from '../accounts/open-account.ts'
import { formatDate } from '../messages/language.ts'
import type { ServeTexts } from '../messages/serve.en.ts'
import { loadServeTexts } from '../messages/serve-texts.ts'
import { tokenDocument } from '../serve/door/token-document.ts'
import { keepFresh } from '../serve/keep/keep-fresh.ts'
import { replaceFile } from '../serve/keep/replace-file.ts'
import { systemClock } from '../serve/system-clock.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { printJson, type Session, say } from '../session/session.ts'
import { formatDuration, isoDate } from '../session/times.ts'

export interface KeepOptions extends EnvironmentOptions {
  readonly account?: string
  readonly file?: string
  readonly onChange?: string
}

/** `chaveiro keep`: a file that always has a valid token, for programs that read one. Until Ctrl-C. */
export async function keep(session: Session, provider: string, options: KeepOptions): Promise<undefined> {
  const texts = await loadServeTexts(session.texts.language)
  const { file, account: name, onChange } = options
  if (file === undefined) throw new Failure(EXIT.usage, 'usage', texts.keep.fileNeeded)
  const { signal } = session.interruption
  const environment = environmentChoice(session, options)
  await withAccount(session, { provider, name, environment }, async (open) => {
    const contentOf = await contentFor(session, open)
    await keepFresh({
      clock: systemClock,
      signal,
      getToken: () => open.client.getToken({ signal }),
      async take(token) {
        await write(texts, file, await contentOf(token))
        tell(session, texts, file, token)
        if (onChange !== undefined) await runHook(session, texts, onChange)
      },
      failed(error, pauseMs) {
        const message = error instanceof Error ? error.message : String(error)
        say(session, texts.keep.failed(message, formatDuration(pauseMs)))
      },
    })
  })
}

/** The token alone, as most programs read it, or what the token door answers. */
async function contentFor(session: Session, open: OpenAccount): Promise<(token: AccessToken) => Promise<string>> {
  if (!session.json) return async (token) => `${token.reveal()}\n`
  const partsOf = await partsOfAccount(session, open.provider, open.account)
  return async (token) => {
    const document = tokenDocument(open.account.name, token, await partsOf(token), systemClock.now())
    return `${JSON.stringify(document)}\n`
  }
}

async function write({ keep: { badFile } }: ServeTexts, file: string, content: string): Promise<void> {
  try {
    await replaceFile(file, content)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new Failure(EXIT.storage, 'file', badFile(file, code))
  }
}

function tell(session: Session, texts: ServeTexts, file: string, { expiresAt }: AccessToken): void {
  const until = expiresAt === undefined ? null : formatDate(expiresAt, session.texts.language)
  if (session.json) printJson(session, { file, expiresAt: isoDate(expiresAt) })
  else say(session, texts.keep.written(file, until))
}

/** Runs a command line in a shell. The token is in the file, not in its environment. */
async function runHook(session: Session, { keep: { hookFailed } }: ServeTexts, line: string): Promise<void> {
  // What it prints goes to stderr, because stdout is ours.
  const child = spawn(line, { shell: true, stdio: ['ignore', 2, 2], env: { ...session.env } })
  const [code, signal] = await once(child, 'close').catch(() => [127, null])
  if (code !== 0) say(session, hookFailed(String(code ?? signal)))
}
