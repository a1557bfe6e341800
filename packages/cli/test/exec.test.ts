import { once } from 'node:events'
import { expect, it } from 'vitest'
import { signedIn } from './support/scene.ts'

const node = (code: string): string[] => [process.execPath, '-e', code]

it('puts the token into the variable of the provider, or into the one that was named', async () => {
  const scene = await signedIn()
  const token = (await scene.run(['token', 'bitize'])).stdout.trim()
  const print = (name: string) => node(`process.stdout.write(process.env.${name})`)
  expect(await scene.runProcess(['exec', 'bitize', '--', ...print('BITIZE_TOKEN')])).toMatchObject({
    status: 0,
    stdout: token,
  })
  const named = await scene.runProcess(['exec', 'bitize', '--env', 'MY_TOKEN', '--', ...print('MY_TOKEN')])
  expect(named).toMatchObject({ status: 0, stdout: token, stderr: '' })
})

it('passes on arguments, stdin and the exit code', async () => {
  const scene = await signedIn()
  const code = 'process.stdin.pipe(process.stdout).on("finish", () => 0); process.exitCode = process.argv.length'
  const outcome = await scene.runProcess(['exec', 'bitize', '--', ...node(code), '--', '-v', '--json'], {
    stdin: 'hello',
  })
  expect(outcome).toMatchObject({ status: 3, stdout: 'hello' })
})

it.each(['SIGTERM', 'SIGINT', 'SIGUSR1'] as const)('passes on %s', async (signal) => {
  const scene = await signedIn()
  const code = `process.on('${signal}', () => { console.log('got it'); process.exit(9) }); setInterval(() => {}, 1e6); console.log('ready')`
  const { child, outcome } = scene.home.start(['exec', 'bitize', '--', ...node(code)])
  await once(child.stdout ?? child, 'data')
  child.kill(signal)
  const { status, stdout } = await outcome
  expect({ status, stdout }).toMatchObject({ status: 9, stdout: expect.stringContaining('got it') })
})

it('ends as a shell would when a signal ends the command', async () => {
  const scene = await signedIn()
  expect(
    await scene.runProcess(['exec', 'bitize', '--', ...node('process.kill(process.pid, "SIGKILL")')]),
  ).toMatchObject({
    status: 137,
  })
})

it.each([
  [['no-such-program'], 127, /Can't run no-such-program \(ENOENT\)/],
  [['/'], 126, /Can't run \/ \(EACCES\)/],
])('says that %j cannot be run', async (command, status, sentence) => {
  const scene = await signedIn()
  const outcome = await scene.runProcess(['exec', 'bitize', '--', ...command])
  expect(outcome).toMatchObject({ status, stdout: '' })
  expect(outcome.stderr).toMatch(sentence)
})

it('refuses an invalid variable name', async () => {
  const scene = await signedIn()
  expect(await scene.runProcess(['exec', 'bitize', '--env', 'A=B', '--', 'true'])).toMatchObject({ status: 2 })
})
