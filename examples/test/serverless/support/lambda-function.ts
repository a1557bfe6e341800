import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { LambdaAnswer, LambdaEvent } from '../../../serverless/lambda-handler.ts'
import { bundle } from './bundle.ts'

/** One process that runs the function, frozen whenever it has answered. */
export interface LambdaProcess {
  invoke(event: LambdaEvent): Promise<LambdaAnswer>
  /** SIGSTOP, in the middle of whatever it does. */
  freeze(): void
  thaw(): void
}

/** Uploads the function, so to speak: what it returns starts processes of it. */
export async function lambdaFunction(env: Readonly<Record<string, string>>): Promise<() => LambdaProcess> {
  // Below `examples`, because the driver is found from there.
  const folder = mkdtempSync(fileURLToPath(new URL('../../../node_modules/.lambda-', import.meta.url)))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const program = join(folder, 'function.mjs')
  writeFileSync(program, await bundle('test/serverless/support/lambda-runtime.ts', 'node'))
  return () => startProcess(program, env)
}

function startProcess(program: string, env: Readonly<Record<string, string>>): LambdaProcess {
  const child: ChildProcess = spawn(process.execPath, [program], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error('no pipes')
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]()
  return {
    async invoke(event) {
      child.kill('SIGCONT')
      stdin.write(`${JSON.stringify(event)}\n`)
      const { value } = await answers.next()
      child.kill('SIGSTOP')
      return JSON.parse(value ?? '{}')
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  }
}
