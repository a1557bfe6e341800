import type { ReceivedRequest } from './api.ts'
import { element } from './dom.ts'
import type { PageTexts } from './texts.ts'

/** A row of the table of requests. */
export const requestRow = (request: ReceivedRequest, texts: PageTexts): HTMLElement => {
  const { provider, method, path, receivedAt, status } = request
  const colour = status === undefined || status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good'
  return element(
    'tr',
    {},
    element('td', { class: 'quiet time' }, new Date(receivedAt).toLocaleTimeString(texts.locale)),
    element('td', {}, provider),
    element('td', { class: 'path' }, `${method} ${path}`),
    element('td', { class: colour }, status === undefined ? '···' : String(status)),
    element('td', {}, meaningOf(request, texts)),
  )
}

const meaningOf = (request: ReceivedRequest, texts: PageTexts): string =>
  [
    eventOf(request, texts),
    ...(request.fault === undefined ? [] : [texts.fault(request.fault)]),
    ...(request.exposed.length === 0 ? [] : [texts.exposed(request.exposed.join(', '))]),
  ].join(' · ')

const eventOf = (request: ReceivedRequest, texts: PageTexts): string => {
  const { outcome, operation, issued, token, detail, status } = request
  if (outcome !== 'answered') return texts.outcomes[outcome] ?? outcome
  if (operation === undefined) return texts.labels['noOperation'] ?? ''
  if (issued !== undefined) {
    const after = `${issued.family}.${issued.generation}`
    return token?.family === issued.family
      ? texts.refreshed(`${token.family}.${token.generation}`, after)
      : texts.issued(after)
  }
  if (detail !== undefined) return texts.refusals[detail] ?? detail
  return token !== undefined && (status ?? 0) < 400
    ? texts.withToken(operation, `${token.family}.${token.generation}`)
    : operation
}
