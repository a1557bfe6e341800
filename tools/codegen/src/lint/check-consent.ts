import { isByHand } from '../spec/by-hand.ts'
import type { Call } from '../spec/call.ts'
import type { Consent, ConsentRequest } from '../spec/consent.ts'
import { parseExpression } from '../spec/expression.ts'
import type { Json, KeyPath } from '../spec/json.ts'
import type { IssuedLifecycle } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { issuedSchemes, type SpecModel } from '../spec/spec.ts'
import { whyNoUrl } from '../spec/why-no-url.ts'
import type { Rule } from './rule.ts'

/** A person is sent to a page that can be meant, and the code that comes of it is exchanged for the same client. */
export const checkConsent: Rule = ({ model }) =>
  issuedSchemes(model).flatMap(({ at, lifecycle }) => {
    const { acquire, consent } = lifecycle
    if (consent === undefined) return []
    const place = [...at, 'consent']
    return [
      ...(acquire === undefined ? [] : [{ at: place, sentence: TWO_PRINCIPALS }]),
      ...(consent.request === undefined ? [] : checkRequest(model, lifecycle, consent.request, [...place, 'request'])),
      ...(isByHand(lifecycle, 'exchange') ? [] : checkCode(consent, [...place, 'exchange'])),
    ]
  })

const TWO_PRINCIPALS =
  'A lifecycle with `consent` has no `acquire`: with a dead refresh token calls would act as the application, not as the person. Write two schemes.'

function checkRequest(
  model: SpecModel,
  lifecycle: IssuedLifecycle,
  request: ConsentRequest,
  at: KeyPath,
): readonly Problem[] {
  return [...checkPage(model, request, at), ...checkClient(lifecycle, request, [...at, 'clientId'])]
}

function checkPage(model: SpecModel, { url, issuer }: ConsentRequest, at: KeyPath): readonly Problem[] {
  const page = whyNoUrl(model.servers, withoutRoute(url)) ?? whyNotOne(model, url)
  const reserved = [...new URL(url, 'https://server.example').searchParams.keys()].find((name) => RESERVED.test(name))
  const named =
    issuer?.url === undefined ? undefined : (whyNoUrl(model.servers, issuer.url) ?? whyNoIssuer(model, url, issuer.url))
  return [
    ...(page === undefined ? [] : [{ at: [...at, 'url'], sentence: page }]),
    ...(reserved === undefined
      ? []
      : [{ at: [...at, 'url'], sentence: `\`${reserved}\` is a parameter that the flow sets itself.` }]),
    ...(named === undefined ? [] : [{ at: [...at, 'issuer', 'url'], sentence: named }]),
  ]
}

// RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 9101 §5.
const RESERVED =
  /^(state|redirect_uri|client_id|response_type|response_mode|scope|nonce|request|request_uri|code_challenge.*)$/

/** A page at one of several servers would give a person of another a code that is worth nothing there. */
function whyNotOne({ servers }: SpecModel, page: string): string | undefined {
  const urls = [...new Set(servers.map((server) => server.url))]
  const isAtOne = urls.some((url) => page.startsWith(`${url.replace(/\/$/, '')}/`))
  return urls.length > 1 && isAtOne
    ? 'Of several servers each has its own page. Write the path, which begins with `/`.'
    : undefined
}

/** Where each server has its own page, one issuer would refuse the callbacks of the others. */
function whyNoIssuer({ servers }: SpecModel, page: string, issuer: string): string | undefined {
  const isOfOne = page.startsWith('/') && !issuer.startsWith('/')
  if (!isOfOne || new Set(servers.map(({ url }) => url)).size < 2) return undefined
  return 'Each server has a page of its own, so this is the issuer of one of them. Write its path, which begins with `/`.'
}

function checkClient({ inputs }: IssuedLifecycle, { clientId }: ConsentRequest, at: KeyPath): readonly Problem[] {
  const expression = parseExpression(clientId)
  const input = expression.kind === 'input' ? inputs[expression.name] : undefined
  if (input?.secret === true) {
    return [{ at, sentence: 'The client’s id is in the address that the person is sent to, so it cannot be secret.' }]
  }
  return input?.optional === true
    ? [
        {
          at,
          sentence: 'Without the client’s id the provider can’t ask a person. Take `optional` away from the input.',
        },
      ]
    : []
}

function checkCode(consent: Consent, place: KeyPath): readonly Problem[] {
  const { request, exchange } = consent
  const sent = valuesOf(exchange)
  const at = exchange.body === undefined ? place : [...place, 'body']
  if (!sent.includes('$code')) return [{ at, sentence: 'The exchange sends no code. Bind `$code`.' }]
  if (request === undefined) return checkTyped(consent, sent, place)
  const isUnsupported = request.pkce === 'unsupported'
  if (!isUnsupported && !sent.includes('$verifier')) {
    const sentence = `The request has a challenge (\`pkce: ${request.pkce}\`), and the exchange sends no verifier for it. Bind \`$verifier\`, or say \`pkce: unsupported\`.`
    return [{ at, sentence }]
  }
  return isUnsupported && sent.includes('$verifier')
    ? [{ at, sentence: 'With `pkce: unsupported` there is no `$verifier` to send.' }]
    : []
}

/** A code that was typed back came by no redirect, and its verifier came with the code that was shown. */
function checkTyped({ exchange }: Consent, sent: readonly Json[], place: KeyPath): readonly Problem[] {
  const at = [...place, 'body']
  const callbacks = Object.entries(exchange.meta ?? {}).filter(([, text]) => text.startsWith('$callback'))
  return [
    ...(sent.includes('$verifier') ? [] : [{ at, sentence: 'The exchange sends no verifier. Bind `$verifier`.' }]),
    ...(sent.includes('$redirectUri')
      ? [{ at, sentence: 'A person who types a code back is not sent back: there is no `$redirectUri`.' }]
      : []),
    ...callbacks.map(([name]) => ({
      at: [...place, 'meta', name],
      sentence: 'A person who types a code back is not sent back: there is no callback.',
    })),
  ]
}

function valuesOf({ parameters = {}, body = {} }: Call): readonly Json[] {
  return [...Object.values(parameters), ...Object.values(body)].flatMap((value) =>
    typeof value === 'object' ? [] : [value],
  )
}

/** The page of a single-page application, without the route that its fragment is. */
function withoutRoute(url: string): string {
  return url.replace(/#\/[^?#]*$/, '')
}
