import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { expectNoSecret, signedIn } from './support/scene.ts'

it('sends the token, and prints the body on stdout and the status on stderr', async () => {
  const scene = await signedIn()
  const { status, stdout, stderr } = await scene.run(['request', 'bitize', '/vendors'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '200 OK\n' })
  expect(JSON.parse(stdout)).toMatchObject({ data: [] })
})

it.each([
  ['text', () => '{"name":"Aurora"}', undefined],
  ['a file', (folder: string) => `@${join(folder, 'vendor.json')}`, undefined],
  ['stdin', () => '@-', '{"name":"Aurora"}'],
])('takes the body from %s, as JSON', async (_, data, stdin) => {
  const scene = await signedIn()
  writeFileSync(join(scene.home.path, 'vendor.json'), '{"name":"Aurora"}')
  const words = ['request', 'bitize', '/vendors', '-d', data(scene.home.path)]
  expect(await scene.run(words, stdin === undefined ? {} : { stdin })).toMatchObject({ status: 0 })
  expect(scene.simulator.vendors).toMatchObject([{ name: 'Aurora' }])
})

it('has an exit code for each class of answers', async () => {
  const scene = await signedIn()
  const { faults } = scene.simulator
  expect(await scene.run(['request', 'bitize', '/nothing'])).toMatchObject({ status: 4 })
  faults.next({ kind: 'status', status: 418, operation: 'listVendors' })
  expect(await scene.run(['request', 'bitize', '/vendors'])).toMatchObject({ status: 4 })
  faults.next({ kind: 'status', status: 503, operation: 'listVendors', times: 3 })
  expect(await scene.run(['request', 'bitize', '/vendors'])).toMatchObject({ status: 5 })
  faults.next({ kind: 'redirect', location: 'https://evil.example/', operation: 'listVendors' })
  expect(await scene.run(['request', 'bitize', '/vendors'])).toMatchObject({ status: 4 })
})

it('tries again, and -v shows how often, with secrets redacted', async () => {
  const scene = await signedIn()
  scene.simulator.faults.next({ kind: 'status', status: 503, operation: 'listVendors' })
  const words = ['request', 'bitize', '/vendors?note=canary', '-v', '-H', 'X-Api-Key: canary', '-H', 'Accept: */*']
  const { status, stderr } = await scene.run(words)
  expect(status).toBe(0)
  expect(stderr).toMatch(/> GET http:\/\/127\.0\.0\.1:\d+\/vendors\?note=…\n> authorization: \[redacted\]/)
  expect(stderr).toMatch(/> x-api-key: \[redacted\]/)
  expect(stderr).toMatch(/\* 1: 503, \d+ ms \(backoff\)\n\* 2: 200\n< 200 OK/)
  expect(stderr).not.toContain('canary')
  expectNoSecret(scene, stderr)
})

it('replaces a refused token once and sends again, a POST too', async () => {
  const scene = await signedIn()
  scene.simulator.revoke()
  expect(await scene.run(['request', 'bitize', 'POST', '/vendors', '-d', '{"name":"Aurora"}'])).toMatchObject({
    status: 0,
  })
  expect(scene.simulator.vendors).toHaveLength(1)
})

it('says that there was no answer, and after how many attempts', async () => {
  const scene = await signedIn()
  scene.simulator.faults.next({ kind: 'reset', operation: 'listVendors', times: 2 })
  const outcome = await scene.run(['request', 'bitize', '/vendors', '--retries', '1'])
  expect(outcome).toMatchObject({ status: 6, stdout: '' })
  expect(outcome.stderr).toMatch(/No answer after 2 attempts \(\w+\)/)
})

it('says that the answer was cut', async () => {
  const scene = await signedIn()
  scene.simulator.faults.next({ kind: 'cut-body', operation: 'listVendors' })
  const outcome = await scene.run(['request', 'bitize', '/vendors'])
  expect(outcome.status).toBe(6)
  expect(outcome.stderr).toMatch(/so the output is incomplete/)
})

it('prints status, headers and body as one JSON document', async () => {
  const scene = await signedIn()
  const { stdout, stderr } = await scene.run(['request', 'bitize', '/vendors', '--json'])
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({
    status: 200,
    headers: { 'content-type': expect.any(String) },
    body: { data: [] },
  })
})

it('sends the token to no other host', async () => {
  const scene = await signedIn()
  const outcome = await scene.run(['request', 'bitize', 'https://evil.example/vendors'])
  expect(outcome).toMatchObject({ status: 8, stdout: '' })
  expect(outcome.stderr).toMatch(/The bitize token is only sent to http:\/\/127\S+, not to https:\/\/evil\.example/)
})

it.each([
  [['vendors'], /\[METHOD\] \/path/],
  [['GET', 'vendors'], /\[METHOD\] \/path/],
  [['https://'], /\[METHOD\] \/path/],
  [['GET', '/a', '/b'], /\[METHOD\] \/path/],
  [['/vendors', '-H', 'canary'], /can't be sent/],
  [['/vendors', '-H', 'X-A: canary\nX-B: 1'], /can't be sent/],
  [['/vendors', '-d', '@/nowhere'], /Can't read \/nowhere/],
  [['/vendors', '--retries', 'many'], /"many" is not a number/],
  [['/vendors', '--timeout', 'long'], /"long" is not a valid duration/],
  [['/vendors', '--timeout', '0s'], /"0s" is not a valid duration/],
])('chaveiro request bitize %j says what is wrong', async (words, sentence) => {
  const outcome = await newHome().run(['request', 'bitize', ...words])
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toMatch(sentence)
  expect(outcome.stderr).not.toContain('canary')
})

it('refuses an Authorization header of its caller', async () => {
  const scene = await signedIn()
  const outcome = await scene.run(['request', 'bitize', '/vendors', '-H', 'Authorization: Bearer canary'])
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).not.toContain('canary')
})
