import { expect, test } from 'vitest'
import { runCommand } from '../src/index.ts'
import { released, specDiff } from './git-branch.ts'

const GATEWAY = 'specs/gateway/openapi.yaml'

test.each<[what: string, from: string, to: string, bump: string, line: string]>([
  ['an assumed life', 'PT1H', 'PT2H', 'patch', '  other   gatewayToken.acquire.expires has changed'],
  ['a limit', 'calls: 10', 'calls: 20', 'patch', '  other   gatewayToken.limit.calls has changed'],
  [
    'how the client authenticates',
    'client: basic-encoded',
    'client: body',
    'minor',
    '  new     issueToken body.application/x-www-form-urlencoded.client_secret is new',
  ],
  [
    'the content of the token endpoint',
    'content: form',
    'content: json',
    'minor',
    '  breaks  issueToken body.application/x-www-form-urlencoded is gone',
  ],
  [
    'an input',
    'contract: {',
    'agreement: { description: One., secret: false, optional: true }\n          contract: {',
    'minor',
    '  new     the input agreement of gatewayToken is new',
  ],
])('standard OAuth 2.0 is compared as what it is written out to: %s', async (_, from, to, bump, line) => {
  const work = await released('gateway')
  await work.edit(GATEWAY, from, to)
  const { out } = await specDiff(work, 'main')
  expect(out[0]).toBe(`${GATEWAY}: @chaveiro/gateway needs ${bump}`)
  expect(out.join('\n')).toContain(line)
})

test('to write the standard out by hand changes nothing', async () => {
  const work = await released('gateway')
  const lines: string[] = []
  const io = { root: work.root, print: (line: string) => lines.push(line), printError: () => {} }
  await runCommand(['generate', '--expanded', 'gateway'], io)
  await work.write(GATEWAY, lines.join('\n'))
  const { out } = await specDiff(work, 'main')
  expect(out).toEqual([
    `${GATEWAY}: @chaveiro/gateway needs patch`,
    '  other   only descriptions, comments or order have changed',
  ])
})
