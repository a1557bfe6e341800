/** What the page says, in one language. */
export interface PageTexts {
  readonly locale: string
  readonly labels: Readonly<Record<string, string>>
  readonly columns: readonly string[]
  readonly ahead: (duration: string) => string
  readonly passed: (name: string) => string
  readonly queued: (fault: string, provider: string) => string
  readonly waiting: (fault: string, provider: string, remaining: string) => string
  readonly token: (name: string, account: string) => string
  readonly left: (duration: string) => string
  readonly bar: (kind: string, token: string, text: string) => string
  readonly states: Readonly<Record<string, string>>
  readonly outcomes: Readonly<Record<string, string>>
  /** What the simulators say in English, where it can be said better. */
  readonly refusals: Readonly<Record<string, string>>
  readonly issued: (token: string) => string
  readonly refreshed: (before: string, after: string) => string
  readonly withToken: (operation: string, token: string) => string
  readonly fault: (kind: string) => string
  readonly exposed: (places: string) => string
  readonly call: (before: string | undefined, after: string | undefined) => string
  readonly rejected: (count: number) => string
  readonly served: (count: number) => string
}

const en: PageTexts = {
  locale: 'en',
  labels: {
    title: 'Chaveiro simulator',
    language: 'Language',
    time: 'Time',
    faults: 'Faults for the next request',
    provider: 'Provider',
    all: 'whichever comes first',
    waits: 'Who waits for whom',
    waitsHint:
      'First requests whose token was refused, then the call that got a new one, and last the requests that came with it.',
    noWaits: 'No token was issued yet.',
    tokens: 'Tokens',
    noTokens: 'No token was issued yet.',
    requests: 'Requests',
    noFaults: 'No fault is waiting.',
    minute: '1 minute passes',
    hour: '1 hour passes',
    day: '1 day passes',
    reset: 'Start again',
    clear: 'Clear',
    connected: 'live',
    disconnected: 'not connected: is the simulator running?',
    access: 'Access token',
    refresh: 'Refresh token',
    again: 'Everything is forgotten.',
    cleared: 'The fault was cleared.',
    noOperation: 'not an operation of this provider',
    hang: 'no answer',
    reset_: 'connection reset',
    delay: '2 s late',
  },
  columns: ['Time', 'Provider', 'Request', 'Status', 'What it means'],
  ahead: (duration) => `${duration} ahead`,
  passed: (name) => `${name}.`,
  queued: (fault, provider) => `The next request meets ${fault} (${provider}).`,
  waiting: (fault, provider, remaining) => `${fault}, ${provider}: ${remaining} more`,
  token: (name, account) => `${name}  ${account}`,
  left: (duration) => `${duration} left`,
  bar: (kind, token, text) => `${kind} ${token}: ${text}`,
  states: { live: 'live', expired: 'expired', revoked: 'revoked', spent: 'used' },
  outcomes: { pending: 'held', reset: 'the connection was reset', aborted: 'the caller gave up', answered: '' },
  refusals: {
    'header.authorization: access token missing': 'no access token',
    'header.authorization: access token unknown': 'an access token that was not issued here',
    'header.authorization: access token expired': 'the access token has expired',
    'header.authorization: access token revoked': 'the access token was revoked',
    'query.refresh_token: spent': 'the refresh token was used before',
    'query.refresh_token: expired': 'the refresh token has expired',
    'query.refresh_token: revoked': 'the refresh token was revoked',
  },
  issued: (token) => `issued token ${token}`,
  refreshed: (before, after) => `refreshed token ${before} to ${after}`,
  withToken: (operation, token) => `${operation} with token ${token}`,
  fault: (kind) => `fault: ${kind}`,
  exposed: (places) => `a secret is in the address: ${places}`,
  call: (before, after) => {
    if (after === undefined) return before === undefined ? 'getting a token …' : `replacing token ${before} …`
    return before === undefined ? `new token ${after}` : `token ${before} → ${after}`
  },
  rejected: (count) => (count === 1 ? '1 request refused' : `${count} requests refused`),
  served: (count) => (count === 1 ? '1 request served' : `${count} requests served`),
}

const pt: PageTexts = {
  locale: 'pt-BR',
  labels: {
    title: 'Simulador do Chaveiro',
    language: 'Idioma',
    time: 'Tempo',
    faults: 'Falhas para a próxima requisição',
    provider: 'Provedor',
    all: 'o que vier primeiro',
    waits: 'Quem espera por quem',
    waitsHint:
      'Primeiro as requisições cujo token foi recusado, depois a chamada que obteve um novo e, por último, as requisições que vieram com ele.',
    noWaits: 'Nenhum token foi emitido ainda.',
    tokens: 'Tokens',
    noTokens: 'Nenhum token foi emitido ainda.',
    requests: 'Requisições',
    noFaults: 'Nenhuma falha na fila.',
    minute: 'Passa 1 minuto',
    hour: 'Passa 1 hora',
    day: 'Passa 1 dia',
    reset: 'Começar de novo',
    clear: 'Remover',
    connected: 'ao vivo',
    disconnected: 'sem conexão: o simulador está em execução?',
    access: 'Token de acesso',
    refresh: 'Refresh token',
    again: 'Tudo foi esquecido.',
    cleared: 'A falha foi removida.',
    noOperation: 'não é uma operação deste provedor',
    hang: 'sem resposta',
    reset_: 'conexão cortada',
    delay: '2 s de atraso',
  },
  columns: ['Hora', 'Provedor', 'Requisição', 'Status', 'O que significa'],
  ahead: (duration) => `${duration} adiantado`,
  passed: (name) => `${name}.`,
  queued: (fault, provider) => `A próxima requisição vai encontrar ${fault} (${provider}).`,
  waiting: (fault, provider, remaining) => `${fault}, ${provider}: mais ${remaining}`,
  token: (name, account) => `${name}  ${account}`,
  left: (duration) => `restam ${duration}`,
  bar: (kind, token, text) => `${kind} ${token}: ${text}`,
  states: { live: 'válido', expired: 'expirado', revoked: 'revogado', spent: 'usado' },
  outcomes: { pending: 'retida', reset: 'a conexão foi cortada', aborted: 'quem chamou desistiu', answered: '' },
  refusals: {
    'header.authorization: access token missing': 'sem token de acesso',
    'header.authorization: access token unknown': 'um token de acesso que não foi emitido aqui',
    'header.authorization: access token expired': 'o token de acesso expirou',
    'header.authorization: access token revoked': 'o token de acesso foi revogado',
    'query.refresh_token: spent': 'o refresh token já tinha sido usado',
    'query.refresh_token: expired': 'o refresh token expirou',
    'query.refresh_token: revoked': 'o refresh token foi revogado',
  },
  issued: (token) => `emitiu o token ${token}`,
  refreshed: (before, after) => `renovou o token ${before} para ${after}`,
  withToken: (operation, token) => `${operation} com o token ${token}`,
  fault: (kind) => `falha: ${kind}`,
  exposed: (places) => `há um segredo no endereço: ${places}`,
  call: (before, after) => {
    if (after === undefined) return before === undefined ? 'obtendo um token …' : `trocando o token ${before} …`
    return before === undefined ? `novo token ${after}` : `token ${before} → ${after}`
  },
  rejected: (count) => (count === 1 ? '1 requisição recusada' : `${count} requisições recusadas`),
  served: (count) => (count === 1 ? '1 requisição atendida' : `${count} requisições atendidas`),
}

/** What is shown where the language isn't known. */
export const ENGLISH: PageTexts = en

/** The languages of the page, by the beginning of their tags. */
export const LANGUAGES: Readonly<Record<string, { readonly name: string; readonly texts: PageTexts }>> = {
  en: { name: 'English', texts: en },
  pt: { name: 'Português', texts: pt },
}
