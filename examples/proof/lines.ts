import type { Step } from './messages.ts'
import { isKept } from './promises.ts'

/** The languages that the run is told in. */
export type Language = 'en' | 'pt-BR'

export function isLanguage(text: string): text is Language {
  return text in WORDS
}

/** What a step looks like in a terminal. */
export function linesOf(step: Step, language: Language): readonly string[] {
  const words = WORDS[language]
  const count = (value: number): string => value.toLocaleString(language)
  const [first = '', ...others] = texts(step, words, count)
  if (step.step === 'began') return ['', `  ${first}`, ...others.map((text) => `  ${text}`), '']
  const time = 'ms' in step ? seconds(step.ms, language) : ''
  const line = `  ${isKept(step) ? '✓' : '✗'} ${first}`
  return [time === '' ? line : `${line.padEnd(WIDTH - 8)}${time.padStart(8)}`, ...others.map((text) => `    ${text}`)]
}

/** The last line. */
export function verdict(isGood: boolean, language: Language): string {
  const { kept, broken } = WORDS[language]
  return `\n  ${isGood ? kept : broken}\n`
}

const WIDTH = 78

type Words = (typeof WORDS)[Language]
type Count = (value: number) => string

function texts(step: Step, words: Words, count: Count): readonly string[] {
  switch (step.step) {
    case 'began':
      return words.began(count(step.sellers))
    case 'connected':
      return words.connected()
    case 'shared':
      return words.shared(count(step.tokenCalls))
    case 'killed':
      return words.killed(count(step.afterCalls))
    case 'went-on':
      return words.wentOn({
        ready: count(step.ready),
        inFlight: count(step.inFlight),
        answered: count(step.answered),
        repeated: count(step.repeated),
        toAgreeAgain: count(step.toAgreeAgain),
        otherErrors: step.otherErrors === 0 ? '' : count(step.otherErrors),
      })
    case 'counted':
      return words.counted(count(step.once), count(step.twice + step.more))
  }
}

function seconds(ms: number, language: Language): string {
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return `${format.format(ms / 1_000)} s`
}

type WentOn = Readonly<Record<'ready' | 'inFlight' | 'answered' | 'repeated' | 'toAgreeAgain' | 'otherErrors', string>>

const WORDS = {
  en: {
    began: (sellers: string) => [
      `${sellers} sellers at a simulated Mercado Livre. Two processes, one Redis.`,
      'A refresh token works once.',
    ],
    connected: () => ['every seller agrees once'],
    shared: (calls: string) => [`3 h later, both processes ask for every seller: ${calls} token calls`],
    killed: (calls: string) => [`3 h later, both ask again. After ${calls} calls, process 1: kill -9`],
    wentOn: ({ ready, inFlight, answered, repeated, toAgreeAgain, otherErrors }: WentOn) => [
      `process 2 goes on: ${ready} sellers have a valid token`,
      `token calls in flight at the kill: ${inFlight}, of which ${answered} were answered too late`,
      `repeated: ${repeated} · sellers who have to agree again: ${toAgreeAgain}`,
      ...(otherErrors === '' ? [] : [`other errors: ${otherErrors}`]),
    ],
    counted: (once: string, twice: string) => [`refresh tokens sent once: ${once} · sent twice: ${twice}`],
    kept: 'Every promise was kept.',
    broken: 'A promise was broken: see ✗ above.',
  },
  'pt-BR': {
    began: (sellers: string) => [
      `${sellers} vendedores em um Mercado Livre simulado. Dois processos, um Redis.`,
      'Cada refresh token só vale uma vez.',
    ],
    connected: () => ['cada vendedor autoriza uma vez'],
    shared: (calls: string) => [`3 h depois, os dois pedem todos os tokens: ${calls} chamadas`],
    killed: (calls: string) => [`3 h depois, pedem de novo. Após ${calls} chamadas, kill -9 no processo 1`],
    wentOn: ({ ready, inFlight, answered, repeated, toAgreeAgain, otherErrors }: WentOn) => [
      `o processo 2 continua: ${ready} vendedores têm um token válido`,
      `chamadas em andamento no kill: ${inFlight}, das quais ${answered} respondidas tarde demais`,
      `repetidas: ${repeated} · vendedores que precisam autorizar de novo: ${toAgreeAgain}`,
      ...(otherErrors === '' ? [] : [`outros erros: ${otherErrors}`]),
    ],
    counted: (once: string, twice: string) => [`refresh tokens enviados uma vez: ${once} · duas vezes: ${twice}`],
    kept: 'Todas as promessas foram cumpridas.',
    broken: 'Uma promessa foi quebrada: veja ✗ acima.',
  },
}
