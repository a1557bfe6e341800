import type { IssuingCall, List, Revoke } from '../spec/call.ts'
import type { Shown } from '../spec/consent.ts'
import { bodyReader, dateSource, itemReader, placesRead } from './answer-source.ts'
import { askedStatement } from './asked-scopes.ts'
import { callSource, codeParts, endSource, keptParts, tokenParts, usesInputs } from './call-source.ts'
import { isOfSuccess } from './judgements.ts'
import type { LifecycleCall } from './lifecycle-call.ts'
import { keptSource } from './value-source.ts'

/** `acquire`, `refresh`, `show` or `exchange`: `result` is the source of the grant that is made of the answer. */
export function issuingMethod(subject: LifecycleCall<IssuingCall | Shown>, result: string): string {
  return method(subject, [
    endSource(subject),
    askedStatement(subject),
    `const ${answerSource(subject)}`,
    `return ${result}`,
  ])
}

/** `revoke`: ends a token, even if only its id is left. */
export function revokeMethod(subject: LifecycleCall<Revoke>): string {
  const { kit, call, operation } = subject
  const gone = call.gone === undefined ? '' : `, { gone: [${call.gone.join(', ')}] }`
  return method(subject, [
    `await ${kit.use('expectDone')}(${JSON.stringify(operation.id)}, ${callSource(subject)}${gone})`,
  ])
}

/** `list`: the issued tokens of one answer. Pages are for the provider's own file. */
export function listMethod(subject: LifecycleCall<List>): string {
  const { kit, call, operation } = subject
  const { id, items, expires } = call
  const members = [`id: ${itemReader(id)}`]
  if (expires !== undefined && expires.format !== 'undocumented') {
    const { at, format, zone } = expires
    const date = dateSource(kit, itemReader, { at, format, ...(zone === undefined ? {} : { zone }) })
    members.push(`expiresAt: ${kit.use('statedEnd')}(io, ${date})`)
  }
  return method(subject, [
    `const answer = await ${kit.use('expectData')}(${JSON.stringify(operation.id)}, ${callSource(subject)})`,
    `return ${kit.use('readTokenList')}(${bodyReader(items)}, (item) => ({ ${members.join(', ')} }))`,
  ])
}

/** What an issuing call waits for: its data, and its headers if the spec reads any. */
function answerSource(subject: LifecycleCall<IssuingCall | Shown>): string {
  const { kit, call, operation } = subject
  const places = placesRead(call)
  const [left, helper] = !places.has('header')
    ? (['answer', 'expectData'] as const)
    : ([places.has('body') ? '{ headers, data }' : '{ headers }', 'expectHeaders'] as const)
  const errors = 'misconfigured' in call ? (call.misconfigured?.filter(isOfSuccess) ?? []) : []
  const options = errors.length === 0 ? '' : `, { misconfigured: ${JSON.stringify(errors)} }`
  return `${left} = await ${kit.use(helper)}(${JSON.stringify(operation.id)}, ${callSource(subject)}${options})`
}

function method(subject: LifecycleCall, statements: readonly (string | undefined)[]): string {
  const { key } = subject
  const parts = [...tokenParts(subject), ...codeParts(subject)]
  const kept = keptParts(subject)
  const places = new Set([
    ...(key === 'refresh' && 'meta' in subject.call ? ['meta'] : []),
    ...kept.map(({ place }) => place),
  ])
  const taken = [...parts, ...places]
  const inputs = usesInputs(subject) ? ['inputs'] : []
  const current = taken.length > 0 ? [`{ ${taken.join(', ')} }`] : inputs.length > 0 ? ['_current'] : []
  const parameters = ['io', ...(key === 'acquire' || key === 'show' || key === 'list' ? [] : current), ...inputs]
  return [
    `async ${key}(${parameters.join(', ')}) {`,
    ...guards(subject, parts),
    ...kept.map((part) => {
      const sentence = `There is no ${part.name} beside the token to send.`
      return `if (${keptSource(part, true)} === undefined) throw new TypeError(${JSON.stringify(sentence)})`
    }),
    ...statements.filter((statement) => statement !== undefined),
    '}',
  ].join('\n')
}

const MISSING = {
  refreshToken: 'There is no refresh token to send.',
  accessToken: 'There is no access token to send.',
  id: 'There is no id to name the token by.',
  verifier: 'There is no verifier to send.',
} as const

/** What a grant need not have, what a token that is only known by its id has not, and what PKCE brings. */
function guards({ key, scheme }: LifecycleCall, parts: readonly string[]): readonly string[] {
  // With a code that was shown there always is one.
  const hasVerifier = scheme.lifecycle.consent?.shown !== undefined
  return (['accessToken', 'refreshToken', 'id', 'verifier'] as const)
    .filter((part) => parts.includes(part) && !(part === 'accessToken' && key === 'refresh'))
    .filter((part) => !(part === 'verifier' && hasVerifier))
    .map((part) => `if (${part} === undefined) throw new TypeError(${JSON.stringify(MISSING[part])})`)
}
