import { describe, expect, test } from 'vitest'
import { generateAll, SpecError } from '../src/index.ts'
import { answerMistakes } from './mistakes/answers.ts'
import { assertionMistakes } from './mistakes/assertions.ts'
import { bodyMistakes } from './mistakes/bodies.ts'
import { callMistakes } from './mistakes/calls.ts'
import { certificateMistakes, standardCertificateMistakes } from './mistakes/certificates.ts'
import { chainMistakes } from './mistakes/chains.ts'
import { consentMistakes } from './mistakes/consent.ts'
import { documentMistakes } from './mistakes/document.ts'
import { endMistakes } from './mistakes/ends.ts'
import { factMistakes } from './mistakes/facts.ts'
import { hostMistakes } from './mistakes/hosts.ts'
import { limitMistakes } from './mistakes/limits.ts'
import { matcherMistakes } from './mistakes/matchers.ts'
import { requestMistakes } from './mistakes/requests.ts'
import { shownCodeMistakes } from './mistakes/shown-code.ts'
import { standardMistakes } from './mistakes/standard.ts'
import { sharedEndpointMistakes, standardConsentMistakes } from './mistakes/standard-consent.ts'
import { variableMistakes } from './mistakes/variables.ts'
import { temporaryRepository } from './temporary-repository.ts'

const bitize = [...callMistakes, ...factMistakes, ...documentMistakes]

describe.each([
  ['bitize', bitize],
  ['notary', chainMistakes],
  ['harbour', answerMistakes],
  ['gateway', standardMistakes],
  ['toll', limitMistakes],
  ['guild', [...consentMistakes, ...shownCodeMistakes]],
  ['signet', assertionMistakes],
  ['customs', requestMistakes],
  ['orchard', standardConsentMistakes],
  ['market', sharedEndpointMistakes],
  ['ferry', hostMistakes],
  ['bazaar', variableMistakes],
  ['vault', certificateMistakes],
  ['seal', standardCertificateMistakes],
  ['bureau', [...bodyMistakes, ...matcherMistakes, ...endMistakes]],
] as const)('the spec of %s is refused for', (id, mistakes) => {
  test.each(mistakes)('$name', async ({ edits, keyPath, sentence, besides = [] }) => {
    const specs = await temporaryRepository(id)
    for (const { from, to, file = `specs/${id}/openapi.yaml` } of edits) await specs.edit(file, from, to)

    const error: unknown = await generateAll({ root: specs.root }).catch((reason: unknown) => reason)

    if (!(error instanceof SpecError)) throw new Error('the mistake was not found', { cause: error })
    const found = error.problems.map((problem) => `${problem.keyPath}: ${problem.sentence}`)
    // One message for one cause: whatever else is said, the mistake names.
    const [first, ...others] = [`${keyPath}: ${sentence}`, ...besides].map((text) => expect.stringContaining(text))
    expect(found).toContainEqual(first)
    for (const other of others) expect(found).toContainEqual(other)
    if (found.length !== 1 + others.length) throw new Error(`more was found:\n${found.join('\n')}`)
    expect(error.message).not.toContain(specs.root)
  })
})

test('a problem is printed with its line, its keys, the rule that found it and the lines around it', async () => {
  const spec = 'specs/bitize/openapi.yaml'
  const specs = await temporaryRepository()
  await specs.edit(spec, 'otherwise: PT15M', 'otherwise: PT15')
  const line = (await specs.read(spec)).split('\n').findIndex((text) => text.includes('otherwise: PT15')) + 1

  const error: unknown = await generateAll({ root: specs.root }).catch((reason: unknown) => reason)

  const message = error instanceof SpecError ? error.message : ''
  const place = 'components.securitySchemes.accessToken.x-token-lifecycle.acquire.expires.otherwise'
  expect(message).toContain(`${spec}:${line}:13 ${place}\n  \`PT15\` is not a duration.`)
  expect(message).toContain('[chaveiro/words]')
  expect(message).toContain('otherwise: PT15\n')
})
