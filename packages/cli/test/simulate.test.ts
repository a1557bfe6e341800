import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { simulateGenpag } from '@chaveiro/simulator'
import { expect, it } from 'vitest'
import { heard, MAIN, newHome } from './support/home.ts'

it('prints what can be pasted into a shell, and ends at Ctrl-C', async () => {
  const home = newHome()
  const running = home.start(['simulate', 'bitize'])
  const printed = await heard(running, /chaveiro login .*\n/)
  const main = `chaveiro() { "${process.execPath}" "${MAIN}" "$@"; }`
  const shell = spawn('sh', ['-ec', `${main}\n${printed}\nchaveiro request bitize /vendors`], { env: home.env })
  let stdout = ''
  shell.stdout.on('data', (chunk) => {
    stdout += String(chunk)
  })
  expect((await once(shell, 'close'))[0]).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ data: [] })
  running.child.kill('SIGINT')
  expect((await running.outcome).status).toBe(130)
})

it('prints a line of JSON for each, on ports from the one that was given', async () => {
  const running = newHome().start(['simulate', 'bitize', '--json'])
  const line = JSON.parse(await heard(running, /\n/))
  expect(line).toMatchObject({
    provider: 'bitize',
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
    env: { BITIZE_CONSUMER_KEY: expect.any(String), BITIZE_SECRET_KEY: expect.any(String) },
  })
  const taken = new URL(line.url).port
  const second = await newHome().run(['simulate', 'bitize', '--port', taken])
  expect(second).toMatchObject({ status: 1, stdout: '' })
  expect(second.stderr).toContain(`Can't use port ${taken} (EADDRINUSE)`)
  running.child.kill('SIGTERM')
  expect((await running.outcome).status).toBe(143)
})

it('prints every credential of a provider, the client token for the device too', async () => {
  const { credentials } = simulateGenpag()
  const running = newHome().start(['simulate', 'genpag'])
  const printed = await heard(running, /chaveiro login .*\n/)
  expect(printed).toContain(`export GENPAG_SELLER_ID='${credentials.sellerId}'\n`)
  expect(printed).toContain(`export GENPAG_REFRESH_TOKEN='${credentials.refreshToken}'\n`)
  expect(printed).toContain(`export GENPAG_CLIENT_TOKEN='${credentials.clientToken}'\n`)
  running.child.kill('SIGINT')
  expect((await running.outcome).status).toBe(130)
}, 60_000)

it.each([
  [['nothing'], /Unknown provider "nothing"/],
  [['--port', 'http'], /"http" is not a port/],
])('chaveiro simulate %j says what is wrong', async (words, sentence) => {
  const outcome = await newHome().run(['simulate', ...words])
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toMatch(sentence)
})
