import { isObject } from '../brands.ts'
import { checkOptions } from '../check-options.ts'
import { requireSafeOrigin } from '../origins.ts'
import type {
  BeginConsent,
  BegunConsent,
  FinishConsent,
  FinishShownConsent,
  ShownCodeFlow,
  ShownFields,
} from '../provider/consent.ts'
import { isSecret, secret } from '../secret.ts'
import { isHeaderText, malformed } from '../token/grant.ts'
import type { Asking, ConsentContext } from './asking.ts'
import { askingCall } from './asking-call.ts'
import { wantedScopes } from './authorization-request.ts'
import { clientOf } from './client.ts'

// Beyond an hour the person isn't about to type it.
const LONGEST_MS = 3_600_000
const LONGEST_CODE = 2_000
const LONGEST_USER_CODE = 200

type Calls<Inputs, M> = Pick<ShownCodeFlow<Inputs, M>, 'show' | 'exchange'>

/** The person types a code on a page of the provider, and types back the one that the page shows. */
export function byShownCode<Inputs, M>(calls: Calls<Inputs, M>): Asking<Inputs, M> {
  return {
    // A list, so that it says which client also where no input names one.
    clientId: ({ entries }, facts) =>
      JSON.stringify(entries.filter(([name]) => facts[name]?.identity === true).map(([, value]) => value)),
    begin: (context, options) => begin(context, calls, options),
    checkFinish(options) {
      checkOptions(options, ['code', 'pending'])
      if (typedCode(options) === undefined) throw new TypeError('Option code is what the person typed back.')
    },
    read({ verifier }, options) {
      const code = typedCode(options)
      if (code === undefined || verifier === undefined) return undefined
      return {
        secrets: [code, verifier],
        exchange: (io, inputs) => calls.exchange(io, { code, verifier }, inputs),
      }
    },
  }
}

async function begin<Inputs, M>(
  context: ConsentContext<Inputs, M>,
  { show }: Pick<Calls<Inputs, M>, 'show'>,
  options: BeginConsent,
): Promise<BegunConsent> {
  const { services, open } = context
  const { provider } = services
  if (options.redirectUri !== undefined)
    throw new TypeError(`${provider.id} shows codes, and the person isn't sent back. Leave redirectUri out.`)
  checkOptions(options, ['scopes'])
  const scopes = wantedScopes(context.account, options.scopes)
  // The call reads its scopes there, as every token call does.
  const account = options.scopes === undefined ? context.account : { ...context.account, scopes }
  const { inputs, binding } = await clientOf(context)
  const { userCode, url, verifier, lifeMs } = await askingCall(services, {
    account,
    inputs,
    make: show,
    check: (answer, startedAt) => checkedShown(answer, startedAt),
  })
  const { text, until } = await open.add(binding, { verifier, scopes }, lifeMs)
  return { url, userCode, pending: secret(text), expiresAt: until }
}

interface Shown {
  readonly userCode: string
  readonly url: string
  readonly verifier: string
  readonly lifeMs: number | undefined
}

/** Checks the answer at run time, where types can't. Nothing of it is quoted. */
function checkedShown(fields: ShownFields, startedAt: number): Shown {
  const { userCode, verificationUrl, verifier, expiresAt } = isObject(fields) ? fields : NOTHING
  if (!isLine(userCode)) throw malformed('no code that can be shown')
  if (!isHeaderText(verifier)) throw malformed('no verifier for the code to show')
  const lifeMs = expiresAt === undefined ? undefined : Math.min(expiresAt - startedAt, LONGEST_MS)
  if (lifeMs !== undefined && !(lifeMs > 0)) throw malformed('an expired code to show')
  return { userCode, url: checkedPage(verificationUrl), verifier, lifeMs }
}

const NOTHING: ShownFields = { userCode: undefined, verificationUrl: undefined, verifier: undefined }

function checkedPage(page: unknown): string {
  try {
    const url = new URL(typeof page === 'string' ? page : '')
    requireSafeOrigin(url, 'verificationUrl', {})
    return url.href
  } catch {
    throw malformed('no https page for the code to show')
  }
}

/** One line that a person can read and type. */
function isLine(text: unknown): text is string {
  if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST_USER_CODE) return false
  return /^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(text)
}

/** What was typed, without the white space that copying brings along. */
function typedCode(options: FinishConsent | FinishShownConsent): string | undefined {
  if (!('code' in options)) return undefined
  const { code } = options
  const text: unknown = isSecret(code) ? code.reveal() : code
  const typed = typeof text === 'string' ? text.trim() : ''
  return typed === '' || typed.length > LONGEST_CODE ? undefined : typed
}
