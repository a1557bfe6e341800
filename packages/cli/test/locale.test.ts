import { expect, it } from 'vitest'
import { formatDate, formatNumber } from '../src/messages/language.ts'
import { messages as english } from '../src/messages/messages.en.ts'
import { messages as portuguese } from '../src/messages/messages.pt-br.ts'
import { serve as englishServe } from '../src/messages/serve.en.ts'
import { serve as portugueseServe } from '../src/messages/serve.pt-br.ts'

const AFTERNOON = Date.UTC(2026, 11, 1, 17, 5)

it.each([
  ['en', 'America/New_York', 'Dec 1, 2026, 12:05 PM EST'],
  ['en', 'UTC', 'Dec 1, 2026, 5:05 PM UTC'],
  ['pt-BR', 'America/Sao_Paulo', '1 de dez. de 2026, 14:05 BRT'],
  ['pt-BR', 'UTC', '1 de dez. de 2026, 17:05 UTC'],
] as const)('a date in %s, in %s, reads %s', (language, timeZone, text) => {
  // ICU puts spaces between some parts that aren't U+0020, and has changed which ones.
  expect(formatDate(AFTERNOON, language, timeZone).replace(/\s/g, ' ')).toBe(text)
})

it.each([
  ['en', '1,234,567'],
  ['pt-BR', '1.234.567'],
] as const)('a number in %s reads %s', (language, text) => {
  expect(formatNumber(1_234_567, language)).toBe(text)
})

it('messages write their numbers in the language', () => {
  expect([
    englishServe.listening('http://127.0.0.1:8248', 1_200),
    englishServe.demo.time(1_234),
    english.demo.expected('1 token call', 1_000),
  ]).toEqual([
    'Serving 1,200 accounts at http://127.0.0.1:8248. Press Ctrl-C to stop.',
    '1,234 ms',
    'expected 1 token call, 1,000 API calls',
  ])
  expect([
    portugueseServe.listening('http://127.0.0.1:8248', 1_200),
    portugueseServe.demo.time(1_234),
    portuguese.demo.expected('1 chamada', 1_000),
  ]).toEqual([
    'Servindo 1.200 contas em http://127.0.0.1:8248. Pressione Ctrl-C para parar.',
    '1.234 ms',
    'esperado: 1 chamada, 1.000 chamadas à API',
  ])
})
