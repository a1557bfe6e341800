import type { IssuedLifecycle } from '../spec/lifecycle.ts'
import type { AuthorKit } from './author-kit.ts'

/** What is passed to a provider because its spec leaves it to be written by hand. */
export interface HandWritten {
  /** The name of the type. */
  readonly type: string
  readonly source: string
  /** The members of the provider; `exchange` is one of its consent. */
  readonly members: readonly string[]
}

/** `types`: what the provider is generic over. */
export function handWritten(
  kit: AuthorKit,
  { byHand, consent }: IssuedLifecycle,
  provider: string,
  types: string,
): HandWritten | undefined {
  if (byHand === undefined) return undefined
  const type = `${provider.charAt(0).toUpperCase()}${provider.slice(1)}ByHand`
  const own = byHand.filter((member) => member !== 'exchange')
  const names = own.map((member) => JSON.stringify(member)).join(' | ')
  const parts = [
    ...(own.length === 0 ? [] : [`Required<Pick<${kit.type('TokenProvider')}<${types}>, ${names}>>`]),
    ...(own.length === byHand.length
      ? []
      : [`Pick<${kit.other(consent?.shown ? 'ShownCode' : 'AuthorizationCode')}<${types}>, 'exchange'>`]),
  ]
  return {
    type,
    source: `/** What \`${provider}\` needs because no spec can say it. */\nexport type ${type} = ${parts.join(' & ')}`,
    members: own.map((member) => `${member}: byHand.${member}`),
  }
}
