import { type JsonObject, type KeyPath, objectIn } from '../spec/json.ts'
import type { StandardLifecycle } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { CERTIFICATE, isBasic, ownInputs } from './client.ts'

/** How the client says who it is, as RFC 6749 allows it in this flow. */
export function checkClient(
  document: JsonObject,
  flow: 'clientCredentials' | 'authorizationCode',
  facts: StandardLifecycle,
  at: KeyPath,
): readonly Problem[] {
  const { client, pkce, inputs = {} } = facts
  const problems: Problem[] = []
  if (isBasic(facts) && objectIn(document['components'], 'securitySchemes')['oauthClient'] !== undefined) {
    const sentence = '`standard` writes this scheme itself. Give yours another name.'
    problems.push({ at: ['components', 'securitySchemes', 'oauthClient'], sentence })
  }
  if (client === 'none' && flow === 'clientCredentials') {
    const sentence =
      'Anyone could ask for such a token: a client without a secret has no client credentials (RFC 6749 §4.4).'
    problems.push({ at: [...at, 'client'], sentence })
  }
  if (client === 'none' && pkce === 'unsupported') {
    const sentence = 'Without a secret and without PKCE, anyone who gets hold of a code can use it (RFC 9700 §2.1.1).'
    problems.push({ at: [...at, 'pkce'], sentence })
  }
  problems.push(...checkCertificate(document, facts, at))
  if (inputs['clientSecret'] !== undefined && !ownInputs(facts).includes('clientSecret')) {
    const sentence = `\`client: ${client}\` sends no secret.`
    problems.push({ at: [...at, 'inputs', 'clientSecret'], sentence })
  }
  return problems
}

/** RFC 8705: which calls present the certificate, and that there is one. */
function checkCertificate(
  document: JsonObject,
  { client, certificate, inputs = {} }: StandardLifecycle,
  at: KeyPath,
): readonly Problem[] {
  const which = 'Say which: `certificate: token` or `token-and-api`.'
  if (certificate === undefined) {
    return [
      ...(client === 'certificate' ? [{ at: [...at, 'client'], sentence: `No call presents it. ${which}` }] : []),
      ...(inputs['certificate'] === undefined
        ? []
        : [{ at: [...at, 'inputs', 'certificate'], sentence: `No call presents it. ${which}` }]),
    ]
  }
  if (objectIn(document['components'], 'securitySchemes')[CERTIFICATE] === undefined) return []
  const sentence = '`standard` writes this scheme itself. Give yours another name.'
  return [{ at: ['components', 'securitySchemes', CERTIFICATE], sentence }]
}
