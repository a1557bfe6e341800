// The page: reads the state once, then what happens as it happens.

import { listen, type ReceivedRequest, readRequests, readState, type State } from './api.ts'
import { drawControls, drawFaults } from './controls.ts'
import { byId, element } from './dom.ts'
import { durationOf } from './duration.ts'
import { requestRow } from './requests.ts'
import { ENGLISH, LANGUAGES, type PageTexts } from './texts.ts'
import { drawTokens } from './tokens.ts'
import { drawWaits, waitsIn } from './waits.ts'

const SHOWN = 200
const EVERY_MS = 1_000
const SOON_MS = 100
const CHOICE = 'language'

const requests = new Map<string, ReceivedRequest>()
let state: State = { clock: { now: Date.now(), offsetMs: 0 }, providers: [], expectations: [] }
let isConnected = false
let isDue = false

const languageOf = (wish: string | null): string => (wish !== null && Object.hasOwn(LANGUAGES, wish) ? wish : 'en')
let language = languageOf(
  new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(CHOICE) ?? navigator.language.slice(0, 2),
)
const texts = (): PageTexts => LANGUAGES[language]?.texts ?? ENGLISH

const chosenProviders = (): readonly string[] => {
  const select = byId('fault-provider')
  const value = select instanceof HTMLSelectElement ? select.value : ''
  return value === '' ? state.providers.map(({ id }) => id) : [value]
}

const drawTexts = (): void => {
  const { labels, columns, locale } = texts()
  document.documentElement.lang = locale
  document.title = labels['title'] ?? ''
  for (const labelled of document.querySelectorAll('[data-text]')) {
    labelled.textContent = labels[labelled.getAttribute('data-text') ?? ''] ?? ''
  }
  byId('requests-head').replaceChildren(...columns.map((column) => element('th', { scope: 'col' }, column)))
  drawControls(texts(), chosenProviders)
}

const drawProviders = (): void => {
  const select = byId('fault-provider')
  const before = select instanceof HTMLSelectElement ? select.value : ''
  const options = state.providers.map(({ id }) => element('option', { value: id }, id))
  select.replaceChildren(element('option', { value: '' }, texts().labels['all'] ?? ''), ...options)
  if (select instanceof HTMLSelectElement) select.value = before
}

const drawClock = (): void => {
  const { offsetMs } = state.clock
  const now = Date.now() + offsetMs
  const ahead = Math.abs(offsetMs) < EVERY_MS ? '' : ` (${texts().ahead(durationOf(offsetMs))})`
  byId('clock').textContent = new Date(now).toLocaleString(texts().locale) + ahead
  byId('tokens').replaceChildren(...drawTokens(state, now, texts()))
}

const draw = (): void => {
  isDue = false
  const all = [...requests.values()].slice(-SHOWN)
  byId('requests').replaceChildren(...all.toReversed().map((request) => requestRow(request, texts())))
  byId('waits').replaceChildren(...drawWaits(waitsIn(all), texts()))
  const connection = byId('connection')
  connection.textContent = texts().labels[isConnected ? 'connected' : 'disconnected'] ?? ''
  connection.className = isConnected ? 'good' : 'bad'
  drawFaults(state, texts())
  drawClock()
}

/** Many things may happen at once: they are drawn together. */
const drawSoon = (): void => {
  if (isDue) return
  isDue = true
  setTimeout(() => {
    void readState().then((read) => {
      const isOther = read.providers.length !== state.providers.length
      state = read
      if (isOther) drawProviders()
      draw()
    })
  }, SOON_MS)
}

const remember = (request: ReceivedRequest): void => void requests.set(`${request.provider} ${request.id}`, request)

const start = async (): Promise<void> => {
  const select = byId('language')
  select.replaceChildren(...Object.entries(LANGUAGES).map(([tag, { name }]) => element('option', { value: tag }, name)))
  if (select instanceof HTMLSelectElement) {
    select.value = language
    select.addEventListener('change', () => {
      language = languageOf(select.value)
      localStorage.setItem(CHOICE, language)
      drawTexts()
      drawProviders()
      draw()
    })
  }
  // A keyboard scrolls only what has the focus.
  byId('scroll').tabIndex = 0
  drawTexts()
  for (const request of await readRequests()) remember(request)
  listen({
    request: (request) => {
      remember(request)
      drawSoon()
    },
    changed: (what) => {
      if (what === 'reset') requests.clear()
      drawSoon()
    },
    connected: (connected) => {
      isConnected = connected
      if (connected) drawSoon()
      else draw()
    },
  })
  setInterval(drawClock, EVERY_MS)
}

void start()
