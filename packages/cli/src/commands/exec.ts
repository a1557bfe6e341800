import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { withAccount } from '../accounts/open-account.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { getToken, type TokenOptions, tokenWish } from './token.ts'

export interface ExecOptions extends TokenOptions {
  readonly env?: string
}

// A shell's own codes for a command that cannot be run.
const NOT_FOUND = 127
const NOT_EXECUTABLE = 126

/** `chaveiro exec`: a command with the token in its environment, as if it had been started without us. */
export async function exec(
  session: Session,
  provider: string,
  command: readonly string[],
  options: ExecOptions,
): Promise<number> {
  const variable = options.env ?? `${provider.replaceAll('-', '_').toUpperCase()}_TOKEN`
  if (!/^[A-Za-z_]\w*$/.test(variable)) {
    throw new Failure(EXIT.usage, 'usage', session.texts.messages.badVariable(variable))
  }
  const wish = tokenWish(session, options)
  const token = await withAccount(session, { provider, ...wish.choice }, async ({ client }) => {
    const current = await getToken(client, wish)
    return current.reveal()
  })
  return runInForeground(session, command, { ...session.env, [variable]: token })
}

/** From here on signals are the command's: whatever ends it is our end too. */
function runInForeground(
  session: Session,
  [program = '', ...args]: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<number> {
  session.interruption.handOver()
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env })
    const listeners = FORWARDED.map((signal) => {
      // Ctrl-C at a terminal reaches the whole foreground group, the command included: passing it on would send it twice.
      const listener = (): void => {
        if (signal !== 'SIGINT' || !session.stdin.isTTY) child.kill(signal)
      }
      session.host.on(signal, listener)
      return [signal, listener] as const
    })
    child.once('error', (error: Error & { code?: string }) => {
      const exit = error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE
      reject(new Failure(exit, 'exec', session.texts.messages.cannotRun(program, error.code ?? '')))
    })
    child.once('close', (code, signal) => {
      for (const [name, listener] of listeners) session.host.removeListener(name, listener)
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGCONT'] as const
