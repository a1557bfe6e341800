import type { State, Token } from './api.ts'
import { element } from './dom.ts'
import { durationOf } from './duration.ts'
import type { PageTexts } from './texts.ts'

const SHOWN = 6

/** The newest tokens of each provider, as bars that run down. */
export const drawTokens = ({ providers }: State, now: number, texts: PageTexts): readonly Node[] => {
  const withTokens = providers.filter(({ tokens }) => tokens.length > 0)
  if (withTokens.length === 0) return [element('p', { class: 'quiet' }, texts.labels['noTokens'] ?? '')]
  return withTokens.flatMap(({ id, tokens }) => [
    element('h3', {}, id),
    ...tokens
      .slice(-SHOWN)
      .toReversed()
      .map((token) => tokenOf(token, now, texts)),
  ])
}

const tokenOf = (token: Token, now: number, texts: PageTexts): HTMLElement => {
  const name = `${token.family}.${token.generation}`
  const text = statusOf(token.access, now, texts)
  const isLive = token.access.state === 'live'
  return element(
    'div',
    { class: 'token' },
    element(
      'p',
      {},
      element('span', {}, texts.token(name, token.account ?? '')),
      element('span', { class: isLive ? 'good' : 'quiet' }, text),
    ),
    barOf('access', token, token.access, { now, name, texts }),
    ...(token.refresh === undefined ? [] : [barOf('refresh', token, token.refresh, { now, name, texts })]),
  )
}

const statusOf = ({ state, expiresAt }: Token['access'], now: number, texts: PageTexts): string =>
  state === 'live' && expiresAt !== undefined ? texts.left(durationOf(expiresAt - now)) : (texts.states[state] ?? state)

const barOf = (
  kind: 'access' | 'refresh',
  { issuedAt }: Token,
  end: Token['access'],
  { now, name, texts }: { readonly now: number; readonly name: string; readonly texts: PageTexts },
): HTMLElement => {
  const { state, expiresAt } = end
  const share = expiresAt === undefined ? 1 : (expiresAt - now) / Math.max(1, expiresAt - issuedAt)
  const percent = state === 'live' ? Math.round(Math.min(1, Math.max(0, share)) * 100) : 0
  const filled = element('div')
  filled.style.width = `${percent}%`
  const label = texts.bar(texts.labels[kind] ?? kind, name, statusOf(end, now, texts))
  return element(
    'div',
    {
      class: `bar ${kind}${state === 'live' ? '' : ' ended'}`,
      role: 'progressbar',
      'aria-valuenow': String(percent),
      'aria-valuemin': '0',
      'aria-valuemax': '100',
      'aria-label': label,
    },
    filled,
  )
}
