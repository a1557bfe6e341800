import { expect, test } from 'vitest'
import { generateAll, runCommand } from '../src/index.ts'
import { temporaryRepository } from './temporary-repository.ts'

async function expanded(id: string, root: string) {
  const out: string[] = []
  const err: string[] = []
  const io = { root, print: (line: string) => out.push(line), printError: (line: string) => err.push(line) }
  return { status: await runCommand(['generate', '--expanded', id], io), out: out.join('\n'), err }
}

const APPLICATION = '`acquire.expires`, `acquire.repeat`'
const PERSON = ['pkce', 'issuer'].map((word) => `consent.request.${word}`)
const TOKENS = ['consent.exchange', 'refresh'].flatMap((call) =>
  ['expires', 'refreshToken.expires', 'refreshToken.idle', 'refreshToken.rotation'].map((word) => `${call}.${word}`),
)
const CONSENT = [...PERSON, ...TOKENS].map((word) => `\`${word}\``).join(', ')
const SELLER = CONSENT.replaceAll(/`(?=\w)/g, '`sellerToken.')

test.each([
  ['gateway', `${APPLICATION}, \`limit\``],
  ['ledger', CONSENT],
  ['market', `${SELLER}, ${APPLICATION.replaceAll('`a', '`applicationToken.a')}`],
  ['orchard', CONSENT],
] as const)('an expansion of %s generates the same code, and expands to itself', async (id, sources) => {
  const specs = await temporaryRepository(id)
  const file = `specs/${id}/openapi.yaml`
  const before = await generateAll({ root: specs.root })

  const { status, out, err } = await expanded(id, specs.root)
  expect({ status, err }).toEqual({ status: 0, err: [] })
  expect(out).not.toContain('standard: oauth2')
  await specs.write(file, out)
  await specs.write(`specs/${id}/SOURCES.md`, `Invented: ${sources}.\n`)
  const after = await generateAll({ root: specs.root })

  const withoutHash = ([path, text]: readonly [string, string]) => [path, text.replace(/sha256 \w+/, '')]
  expect([...after.files].map(withoutHash)).toEqual([...before.files].map(withoutHash))
  expect((await expanded(id, specs.root)).out).toBe(out)
})

test('a spec without the standard is printed as it is, and one that is missing is named', async () => {
  const { root } = await temporaryRepository('bureau')
  expect((await expanded('bureau', root)).out).toContain('operationId: admitClerk')
  expect(await expanded('none', root)).toEqual({ status: 1, out: '', err: ['There is no specs/none/openapi.yaml.'] })
})

test('a mistaken flow is shown with its place, and nothing is printed', async () => {
  const specs = await temporaryRepository('gateway')
  await specs.edit('specs/gateway/openapi.yaml', 'clientCredentials:', 'implicit:')

  const { status, out, err } = await expanded('gateway', specs.root)

  expect({ status, out }).toEqual({ status: 1, out: '' })
  expect(err.join('\n')).toContain('components.securitySchemes.gatewayToken.flows.implicit')
})
