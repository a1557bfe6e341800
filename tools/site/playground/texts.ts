import type { Counts } from './count-recording.ts'
import type { Step } from './recording-steps.ts'
import type { InputRule } from './scene-catalog.ts'

/** The playground's words in one language. */
export interface PlaygroundTexts {
  readonly run: string
  readonly running: string
  /** Names an input. `inEach`: it is about each of several processes. */
  readonly input: (name: InputRule['name'], inEach: boolean) => string
  readonly hint: (rule: InputRule) => string
  readonly wrong: (rule: InputRule) => string
  /** What a figure counts. */
  readonly figure: (name: keyof Counts, count: number) => string
  readonly tokenCalls: string
  /** Names a lane with callers. `of`: how many lanes there are. */
  readonly lane: (lane: { readonly number: number; readonly of: number; readonly callersPerRow: number }) => string
  readonly legend: { readonly waiting: string; readonly answered: string; readonly rejected: string }
  readonly steps: string
  readonly step: (step: Step) => string
  readonly summary: (counts: Counts) => string
  readonly mark: (ms: number, afterGap: boolean) => string
  readonly duration: (ms: number) => string
  readonly failed: (reason: string) => string
  readonly number: (value: number) => string
}

const HOUR_MS = 3_600_000

/** Numbers and times as a language writes them. */
function unitsOf(locale: string): Pick<PlaygroundTexts, 'number' | 'duration' | 'mark'> {
  const format = new Intl.NumberFormat(locale)
  const number = (value: number): string => format.format(value)
  const duration = (ms: number): string => {
    const hours = Math.floor(ms / HOUR_MS)
    const rest = Math.round(ms - hours * HOUR_MS)
    if (hours === 0) return `${number(rest)} ms`
    return rest === 0 ? `${number(hours)} h` : `${number(hours)} h + ${number(rest)} ms`
  }
  return { number, duration, mark: (ms, afterGap) => (afterGap ? `+${number(ms)} ms` : `${number(ms)} ms`) }
}

function english(): PlaygroundTexts {
  const units = unitsOf('en')
  const { number, duration } = units
  const of = (count: number, one: string, many = `${one}s`): string => `${number(count)} ${count === 1 ? one : many}`
  return {
    ...units,
    run: 'Run',
    running: 'Running …',
    input: (name, inEach) =>
      inEach ? 'Callers in each process' : { callers: 'Callers', hours: 'Hours', processes: 'Processes' }[name],
    hint: ({ from, to }) => `${number(from)} to ${number(to)}`,
    wrong: ({ from, to }) => `Enter a whole number from ${number(from)} to ${number(to)}, digits only.`,
    figure: (name, count) =>
      ({
        callers: count === 1 ? 'caller' : 'callers',
        tokenCalls: count === 1 ? 'token call' : 'token calls',
        requests: count === 1 ? 'API request' : 'API requests',
        rejected: 'rejected (401)',
        answers: 'answered',
      })[name],
    tokenCalls: 'Token calls',
    lane: ({ number: lane, of: lanes, callersPerRow }) =>
      (lanes > 1 ? `Process ${number(lane)}: callers` : 'Callers') +
      (callersPerRow > 1 ? ` (one line for ${number(callersPerRow)})` : ''),
    legend: { waiting: 'waiting for a token', answered: 'request, answered', rejected: 'request, rejected (401)' },
    steps: 'Step by step',
    step: (step) => {
      if (step.kind === 'asked') return `${duration(step.from)}: ${of(step.count, 'caller')} at the same moment.`
      const when = `${duration(step.from)} to ${duration(step.to)}`
      if (step.kind === 'token-call') return `${when}: token call ${step.name}.`
      const requests = of(step.count, 'request')
      return step.status === 401
        ? `${when}: the API rejects ${requests} with 401.`
        : `${when}: the API answers ${requests} with ${step.status}.`
    },
    summary: (counts) =>
      `${of(counts.callers, 'caller')}, ${of(counts.tokenCalls, 'token call')}, ${of(counts.requests, 'API request')}` +
      `${counts.rejected > 0 ? `, of which ${number(counts.rejected)} were rejected with 401` : ''}. ` +
      `${counts.answers === counts.callers ? 'Every caller was answered.' : `${of(counts.answers, 'caller')} answered.`}`,
    failed: (reason) => `The scene failed: ${reason}`,
  }
}

function portuguese(): PlaygroundTexts {
  const units = unitsOf('pt-BR')
  const { number, duration } = units
  const of = (count: number, one: string, many: string): string => `${number(count)} ${count === 1 ? one : many}`
  const requests = (count: number): string => of(count, 'requisição', 'requisições')
  return {
    ...units,
    run: 'Rodar',
    running: 'Rodando …',
    input: (name, inEach) =>
      inEach ? 'Chamadores em cada processo' : { callers: 'Chamadores', hours: 'Horas', processes: 'Processos' }[name],
    hint: ({ from, to }) => `de ${number(from)} a ${number(to)}`,
    wrong: ({ from, to }) => `Digite um número inteiro de ${number(from)} a ${number(to)}, só com algarismos.`,
    figure: (name, count) =>
      ({
        callers: count === 1 ? 'chamador' : 'chamadores',
        tokenCalls: count === 1 ? 'chamada ao endpoint de token' : 'chamadas ao endpoint de token',
        requests: count === 1 ? 'requisição à API' : 'requisições à API',
        rejected: count === 1 ? 'rejeitada (401)' : 'rejeitadas (401)',
        answers: count === 1 ? 'respondido' : 'respondidos',
      })[name],
    tokenCalls: 'Chamadas ao endpoint de token',
    lane: ({ number: lane, of: lanes, callersPerRow }) =>
      (lanes > 1 ? `Processo ${number(lane)}: chamadores` : 'Chamadores') +
      (callersPerRow > 1 ? ` (uma linha a cada ${number(callersPerRow)})` : ''),
    legend: {
      waiting: 'esperando um token',
      answered: 'requisição respondida',
      rejected: 'requisição rejeitada (401)',
    },
    steps: 'Passo a passo',
    step: (step) => {
      if (step.kind === 'asked') {
        return `${duration(step.from)}: ${of(step.count, 'chamador', 'chamadores')} no mesmo instante.`
      }
      const when = `${duration(step.from)} a ${duration(step.to)}`
      if (step.kind === 'token-call') return `${when}: chamada ao endpoint de token, ${step.name}.`
      return step.status === 401
        ? `${when}: a API rejeita ${requests(step.count)} com 401.`
        : `${when}: a API responde a ${requests(step.count)} com ${step.status}.`
    },
    summary: (counts) =>
      `${of(counts.callers, 'chamador', 'chamadores')}, ` +
      `${of(counts.tokenCalls, 'chamada', 'chamadas')} ao endpoint de token, ${requests(counts.requests)} à API` +
      `${counts.rejected > 0 ? `, das quais ${number(counts.rejected)} foram rejeitadas com 401` : ''}. ` +
      `${counts.answers === counts.callers ? 'Todos receberam resposta.' : `${of(counts.answers, 'recebeu', 'receberam')} resposta.`}`,
    failed: (reason) => `A cena falhou: ${reason}`,
  }
}

/** The words of the site's languages. */
export const TEXTS: { readonly en: PlaygroundTexts; readonly 'pt-BR': PlaygroundTexts } = {
  en: english(),
  'pt-BR': portuguese(),
}
