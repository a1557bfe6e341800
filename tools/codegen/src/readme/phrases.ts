import type { Acquire, RefreshToken } from '../spec/call.ts'
import type { DurationUnit } from '../spec/duration.ts'
import type { ReplayClass } from '../spec/lifecycle.ts'

/** The languages that READMEs are written in. */
export type Language = 'en' | 'pt-BR'

/** What the generated parts of a README say, in one language. Names, URLs and units of code stay as they are. */
export interface Phrases {
  readonly servers: string
  undocumentedHost(server: string): string
  readonly inputs: string
  readonly obtainedBy: string
  readonly refreshedBy: string
  readonly refreshToken: string
  readonly lifetime: string
  readonly listedBy: string
  readonly revokedBy: string
  readonly sentAgain: string
  readonly kept: string
  readonly inMemoryOnly: string
  readonly source: string
  readonly namesTheAccount: string
  readonly isSecret: string
  readonly isOptional: string
  byDefault(value: string): string
  withTokenOf(scheme: string): string
  withRefreshTokenInQuery(name: string): string
  readonly nothingDocumented: string
  readonly obtainedAnew: string
  lasts(duration: string): string
  readonly neverEnds: string
  readonly endUndocumented: string
  readonly isBrought: string
  signsInOnce(page: string): string
  typesCodes(call: string): string
  exchanges(call: string): string
  readonly signsInAgain: string
  readonly code: string
  endsUnused(duration: string): string
  stated(place: string): string
  statedOddly(place: string): string
  assumed(duration: string): string
  readonly repeat: Readonly<Record<Acquire['repeat'], string>>
  readonly rotation: Readonly<Record<RefreshToken['rotation'], string>>
  readonly replay: Readonly<Record<ReplayClass, string>>
  readonly lostAnswer: string
  readonly units: Readonly<Record<DurationUnit, readonly [one: string, many: string]>>
  readonly and: string
  readonly limits: LimitPhrases
  readonly requests: RequestPhrases
  readonly table: TablePhrases
  /** `readme`: where the project's README is from the one that says this; empty in that one. */
  notReleased(readme: string): string
}

/** How often a provider may be called, how early and how. */
interface LimitPhrases {
  readonly renewed: string
  within(duration: string): string
  readonly calls: string
  atMost(calls: number, duration: string): string
  readonly wrongKeys: string
  readonly lockOut: string
  uses(count: number): string
  grace(duration: string): string
}

/** Where requests of the API go, and what they carry. */
interface RequestPhrases {
  readonly api: string
  readonly issuedAt: string
  readonly sentIn: string
  readonly besides: string
  header(name: string): string
  query(name: string): string
  readonly certificate: string
}

/** The table of all providers. */
interface TablePhrases {
  readonly provider: string
  readonly obtainedWith: string
  readonly refreshedBy: string
  readonly lives: string
  withRefreshToken(call: string): string
  readonly consent: string
  readonly signsInAgain: string
  readonly asLongAsAsked: string
  readonly untilItsDate: string
  readonly asLongAsItSays: string
  readonly undocumented: string
  readonly never: string
}

const english: Phrases = {
  servers: 'servers',
  undocumentedHost: (server) => `${server}: its host is undocumented, so a \`URL\` has to be given`,
  inputs: 'inputs',
  obtainedBy: 'obtained by',
  refreshedBy: 'refreshed by',
  refreshToken: 'refresh token',
  lifetime: 'lifetime',
  listedBy: 'listed by',
  revokedBy: 'revoked by',
  sentAgain: 'sent again',
  kept: 'kept',
  inMemoryOnly: 'in memory only',
  source: 'source',
  namesTheAccount: 'names the account',
  isSecret: 'secret',
  isOptional: 'optional',
  byDefault: (value) => `default ${value}`,
  withTokenOf: (scheme) => `with a token of \`${scheme}\``,
  withRefreshTokenInQuery: (name) => `with the refresh token in the query (\`${name}\`)`,
  nothingDocumented: 'nothing that is documented',
  obtainedAnew: 'the same call, made again',
  lasts: (duration) => `${duration} after it was issued`,
  neverEnds: 'does not end by itself',
  endUndocumented: 'undocumented, so it is used until it is refused',
  isBrought: 'you bring the first one, with `seed()`',
  signsInOnce: (page) => `a person signs in once and agrees, at ${page}`,
  typesCodes: (call) => `a person signs in once, types the code of ${call}, and types back the one that the page shows`,
  exchanges: (call) => `the code is exchanged by ${call}`,
  signsInAgain: 'nothing: the person signs in again',
  code: 'the code',
  endsUnused: (duration) => `ends when it is not used for ${duration}`,
  stated: (place) => `each answer says when it ends, in ${place}`,
  statedOddly: (place) => `each answer states it in ${place}, in an undocumented form`,
  assumed: (duration) => `${duration} are assumed if unreadable`,
  repeat: {
    free: 'a second call does no harm',
    'leaves-token': 'each call leaves a token that has to be cleaned up',
    'ends-previous': 'a second call ends the first token',
    unknown: 'what a second call does to the first token is undocumented',
  },
  rotation: {
    always: 'each refresh replaces it',
    never: 'stays the same',
    unknown: 'whether it can be used again is undocumented, so it is used once',
  },
  replay: {
    always: 'after any passing failure',
    unprocessed: 'only when it certainly was not applied',
    never: 'only when it never left',
  },
  lostAnswer: 'once more when its answer was lost, while a caller waits',
  units: {
    week: ['week', 'weeks'],
    day: ['day', 'days'],
    hour: ['hour', 'hours'],
    minute: ['minute', 'minutes'],
    second: ['second', 'seconds'],
  },
  and: 'and',
  limits: {
    renewed: 'new token',
    within: (duration) => `issued only in the last ${duration} of the old one`,
    calls: 'token calls',
    atMost: (calls, duration) => `at most ${calls} in ${duration}, counted in each process: several have to share them`,
    wrongKeys: 'wrong keys',
    lockOut: 'lock the account, so they are sent once',
    uses: (count) => `good for ${count} uses`,
    grace: (duration) => `taken once more within ${duration} after it was spent`,
  },
  requests: {
    api: 'API',
    issuedAt: 'issued at',
    sentIn: 'sent in',
    besides: 'requests also carry',
    header: (name) => `the header \`${name}\``,
    query: (name) => `\`${name}\` in the query`,
    certificate: 'a client certificate',
  },
  table: {
    provider: 'provider',
    obtainedWith: 'obtained with',
    refreshedBy: 'refreshed by',
    lives: 'an access token lives',
    withRefreshToken: (call) => `${call}, a refresh token`,
    consent: 'the consent of a person',
    signsInAgain: 'the person signs in again',
    asLongAsAsked: 'as long as you ask for',
    untilItsDate: 'until the date it comes with',
    asLongAsItSays: 'as many seconds as it comes with',
    undocumented: 'undocumented',
    never: 'until it is revoked',
  },
  notReleased: (readme) =>
    `_Not on npm yet: the first release is being prepared. Until then, [install from a clone](${readme}#from-a-clone)._`,
}

const portuguese: Phrases = {
  servers: 'servidores',
  undocumentedHost: (server) => `${server}: o host não é documentado, e por isso é preciso informar uma \`URL\``,
  inputs: 'entradas',
  obtainedBy: 'obtido por',
  refreshedBy: 'renovado por',
  refreshToken: 'refresh token',
  lifetime: 'validade',
  listedBy: 'listado por',
  revokedBy: 'revogado por',
  sentAgain: 'reenviado',
  kept: 'guardado',
  inMemoryOnly: 'somente em memória',
  source: 'fonte',
  namesTheAccount: 'dá nome à conta',
  isSecret: 'segredo',
  isOptional: 'opcional',
  byDefault: (value) => `padrão ${value}`,
  withTokenOf: (scheme) => `com um token de \`${scheme}\``,
  withRefreshTokenInQuery: (name) => `com o refresh token na query (\`${name}\`)`,
  nothingDocumented: 'nada que esteja documentado',
  obtainedAnew: 'a mesma chamada, feita de novo',
  lasts: (duration) => `${duration} depois de emitido`,
  neverEnds: 'não termina por si só',
  endUndocumented: 'não documentada; por isso o token é usado até ser recusado',
  isBrought: 'você traz o primeiro, com `seed()`',
  signsInOnce: (page) => `uma pessoa faz login uma vez e autoriza, em ${page}`,
  typesCodes: (call) =>
    `uma pessoa faz login uma vez, digita na página do provedor o código de ${call} e informa aqui o que a página mostra`,
  exchanges: (call) => `o código é trocado por ${call}`,
  signsInAgain: 'nada: a pessoa faz login de novo',
  code: 'o código',
  endsUnused: (duration) => `termina se não for usado por ${duration}`,
  stated: (place) => `cada resposta diz quando termina, em ${place}`,
  statedOddly: (place) => `cada resposta a informa em ${place}, em formato não documentado`,
  assumed: (duration) => `se ilegível, supõem-se ${duration}`,
  repeat: {
    free: 'uma segunda chamada não causa dano',
    'leaves-token': 'cada chamada deixa um token que precisa ser removido',
    'ends-previous': 'uma segunda chamada encerra o primeiro token',
    unknown: 'o efeito de uma segunda chamada sobre o primeiro token não é documentado',
  },
  rotation: {
    always: 'cada renovação o substitui',
    never: 'continua o mesmo',
    unknown: 'não é documentado se pode ser usado de novo; por isso é usado uma vez',
  },
  replay: {
    always: 'depois de qualquer falha passageira',
    unprocessed: 'somente quando com certeza não foi aplicada',
    never: 'somente quando nem chegou a sair',
  },
  lostAnswer: 'mais uma vez quando a resposta se perdeu, enquanto alguém espera',
  units: {
    week: ['semana', 'semanas'],
    day: ['dia', 'dias'],
    hour: ['hora', 'horas'],
    minute: ['minuto', 'minutos'],
    second: ['segundo', 'segundos'],
  },
  and: 'e',
  limits: {
    renewed: 'novo token',
    within: (duration) => `emitido somente quando faltam ${duration} ou menos para o fim do anterior`,
    calls: 'chamadas ao endpoint de token',
    atMost: (calls, duration) =>
      `no máximo ${calls} em ${duration}, contadas em cada processo: vários precisam dividi-las`,
    wrongKeys: 'chaves erradas',
    lockOut: 'bloqueiam a conta; por isso são enviadas uma única vez',
    uses: (count) => `serve para ${count} usos`,
    grace: (duration) => `aceito mais uma vez até ${duration} depois de usado`,
  },
  requests: {
    api: 'API',
    issuedAt: 'emitido em',
    sentIn: 'enviado em',
    besides: 'requisições levam também',
    header: (name) => `o cabeçalho \`${name}\``,
    query: (name) => `\`${name}\` na query`,
    certificate: 'um certificado de cliente',
  },
  table: {
    provider: 'provedor',
    obtainedWith: 'obtido com',
    refreshedBy: 'renovado por',
    lives: 'um token de acesso vale',
    withRefreshToken: (call) => `${call}, com refresh token`,
    consent: 'o consentimento de uma pessoa',
    signsInAgain: 'a pessoa faz login de novo',
    asLongAsAsked: 'o tempo que você pedir',
    untilItsDate: 'até a data que vem junto dele',
    asLongAsItSays: 'os segundos que vêm junto dele',
    undocumented: 'não documentado',
    never: 'até ser revogado',
  },
  notReleased: (readme) =>
    `_Ainda não está no npm: a primeira versão está sendo preparada. Até lá,\n[instale a partir de um clone](${readme}#a-partir-de-um-clone)._`,
}

export const phrases: Readonly<Record<Language, Phrases>> = { en: english, 'pt-BR': portuguese }
