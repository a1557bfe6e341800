import type { Problem } from '../lint/problem.ts'
import { type JsonObject, type KeyPath, objectIn } from '../spec/json.ts'
import type { StandardLifecycle } from '../spec/lifecycle.ts'
import { isBasic, ownInputs } from './client.ts'

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
    const sentence =
      'Without a secret and without PKCE, a code is of use to anyone who gets hold of it (RFC 9700 §2.1.1).'
    problems.push({ at: [...at, 'pkce'], sentence })
  }
  if (inputs['clientSecret'] !== undefined && !ownInputs(facts).includes('clientSecret')) {
    const sentence = `\`client: ${client}\` sends no secret.`
    problems.push({ at: [...at, 'inputs', 'clientSecret'], sentence })
  }
  return problems
}
