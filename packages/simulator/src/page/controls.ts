import { type Fault, type State, send } from './api.ts'
import { button, byId, element } from './dom.ts'
import type { PageTexts } from './texts.ts'

const PASSES = [
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
] as const

const FAULTS: readonly (readonly [string, Fault])[] = [
  ['401', { kind: 'status', status: 401 }],
  ['429', { kind: 'status', status: 429, retryAfter: 2 }],
  ['503', { kind: 'status', status: 503 }],
  ['reset_', { kind: 'reset' }],
  ['hang', { kind: 'hang' }],
  ['delay', { kind: 'delay', delayMs: 2_000 }],
]

/** Says something to a person who can't see what has changed. */
const say = (text: string): void => {
  byId('said').textContent = text
}

/** The buttons for time and for faults. `providers` are those that can be chosen. */
export const drawControls = (texts: PageTexts, chosen: () => readonly string[]): void => {
  const text = (name: string): string => texts.labels[name] ?? name
  byId('time').replaceChildren(
    ...PASSES.map(([name, ms]) =>
      button(text(name), () => {
        void send('POST', '/clock/advance', { ms }).then(() => say(texts.passed(text(name))))
      }),
    ),
    button(text('reset'), () => void send('POST', '/reset').then(() => say(text('again')))),
  )
  byId('fault-buttons').replaceChildren(
    ...FAULTS.map(([name, fault]) =>
      button(text(name), () => {
        const providers = chosen()
        void Promise.all(providers.map((provider) => send('POST', '/faults', { provider, fault }))).then(() =>
          say(texts.queued(text(name), providers.join(', '))),
        )
      }),
    ),
  )
}

/** The faults that wait, each with a button that clears it. */
export const drawFaults = ({ providers }: State, texts: PageTexts): void => {
  const faults = providers.flatMap(({ faults: own }) => own)
  const empty = element('li', { class: 'quiet' }, texts.labels['noFaults'] ?? '')
  const rows = faults.map(({ provider, id, fault, remaining, holding }) => {
    const name = fault.status === undefined ? fault.kind : String(fault.status)
    const text = texts.waiting(name, provider, String(remaining === 0 ? holding : remaining))
    const clear = button(texts.labels['clear'] ?? '', () => {
      void send('DELETE', `/faults?provider=${provider}&id=${id}`).then(() => say(texts.labels['cleared'] ?? ''))
    })
    clear.setAttribute('aria-label', `${texts.labels['clear']}: ${text}`)
    return element('li', {}, text, clear)
  })
  byId('faults').replaceChildren(...(rows.length === 0 ? [empty] : rows))
}
