import { formatDate, formatNumber } from './language.ts'
import type { SimulateTexts } from './simulate.en.ts'

/** O que o `chaveiro simulate` diz, em português. */
export const simulate: SimulateTexts = {
  locale: 'pt-BR',
  keys: 'Próxima requisição: [1] 401  [2] 429  [3] 503  [4] conexão cortada  [5] sem resposta  [c] limpar\n[d] passa um dia  [r] começar de novo  [q] sair',
  prepared: (fault) => `A próxima requisição vai receber a falha ${fault}.`,
  cleared: (count) => (count === 1 ? '1 falha removida.' : `${count} falhas removidas.`),
  dayPassed: (now) => `Passou um dia. O relógio dos simuladores agora marca ${formatDate(now.getTime(), 'pt-BR')}.`,
  startedAgain: 'Requisições, falhas e tokens foram apagados, e o relógio voltou à hora certa.',
  fault: (kind) => `falha: ${kind}`,
  issued: (token) => `emitiu o token ${token}`,
  refreshed: (before, after) => `renovou o token ${before} para ${after}`,
  called: (operation, token) => `${operation} com o token ${token}`,
  noOperation: 'não é uma operação deste provedor',
  exposed: (places) => `o endereço contém um segredo: ${places.join(', ')}`,
  noStatus: { pending: '···', answered: '···', reset: '✗', aborted: '✗' },
  outcomes: {
    pending: 'retida até que a falha seja removida',
    reset: 'a conexão foi cortada',
    aborted: 'o chamador desistiu',
  },
  refusals: {
    'header.authorization: access token missing': 'sem token de acesso',
    'header.authorization: access token unknown': 'um token de acesso que não foi emitido aqui',
    'header.authorization: access token expired': 'o token de acesso expirou',
    'header.authorization: access token revoked': 'o token de acesso foi revogado',
    'query.refresh_token: spent': 'o refresh token já tinha sido usado',
    'query.refresh_token: expired': 'o refresh token expirou',
    'query.refresh_token: revoked': 'o refresh token foi revogado',
    'query.refresh_token: unknown': 'um refresh token que não foi emitido aqui',
  },
  badFault: (text, names) =>
    `"${text}" não é uma falha. Use um status como 503, delay:2s, skewed-date:1h ou um destes: ${names.join(', ')}; para um só provedor, como em bitize=503; várias vezes, como em 503*3.`,
  badSpec: (path, count) =>
    count === 1
      ? `${path} tem um erro. Corrija e comece de novo.`
      : `${path} tem ${count} erros. Corrija e comece de novo.`,
  sameName: (path, id) => `Já há algo em simulação chamado "${id}". Mude o nome da pasta ou do arquivo de ${path}.`,
  playedAt: (path, origin) => `${path}, simulado em ${origin}`,
  watchAt: (page) => `Acompanhe e controle pelo navegador: ${page}`,
  personAgrees: (page) => `Uma pessoa autoriza em ${page}. Qualquer redirect URI é aceito.`,
  badNumber: (option, text, most) => `${option} "${text}" não é um número de 0 a ${formatNumber(most, 'pt-BR')}.`,
  notSimulated: (provider, ids) =>
    `--fault cita "${provider}", que não está sendo simulado. Use um destes: ${ids.join(', ')}.`,
}
