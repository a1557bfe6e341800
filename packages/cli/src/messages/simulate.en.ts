import { formatDate, formatNumber } from './language.ts'
/** What `chaveiro simulate` says, in English. Every other language has the same keys. */
export const simulate = {
  locale: 'en-GB',
  keys: 'Next request: [1] 401  [2] 429  [3] 503  [4] reset  [5] hang  [c] clear\n[d] a day passes  [r] start over  [q] quit',
  prepared: (fault: string): string => `The next request will get the fault ${fault}.`,
  cleared: (count: number): string => (count === 1 ? '1 fault cleared.' : `${count} faults cleared.`),
  dayPassed: (now: Date): string =>
    `A day has passed. The simulators' clock now says ${formatDate(now.getTime(), 'en')}.`,
  startedAgain: 'Requests, faults and tokens were cleared, and the clock shows the real time again.',
  fault: (kind: string): string => `fault: ${kind}`,
  issued: (token: string): string => `issued token ${token}`,
  refreshed: (before: string, after: string): string => `refreshed token ${before} to ${after}`,
  called: (operation: string, token: string): string => `${operation} with token ${token}`,
  noOperation: 'not an operation of this provider',
  exposed: (places: readonly string[]): string => `the address contains a secret: ${places.join(', ')}`,
  noStatus: { pending: '···', answered: '···', reset: '✗', aborted: '✗' } as Readonly<
    Record<'pending' | 'answered' | 'reset' | 'aborted', string>
  >,
  outcomes: {
    pending: 'held until its fault is cleared',
    reset: 'the connection was reset',
    aborted: 'the caller gave up',
  } as Readonly<Record<'pending' | 'reset' | 'aborted', string>>,
  /** Readable replacements for some of the simulators' own English details. */
  refusals: {
    'header.authorization: access token missing': 'no access token',
    'header.authorization: access token unknown': 'an access token that was not issued here',
    'header.authorization: access token expired': 'the access token has expired',
    'header.authorization: access token revoked': 'the access token was revoked',
    'query.refresh_token: spent': 'the refresh token was used before',
    'query.refresh_token: expired': 'the refresh token has expired',
    'query.refresh_token: revoked': 'the refresh token was revoked',
    'query.refresh_token: unknown': 'a refresh token that was not issued here',
  } as Readonly<Record<string, string>>,
  badFault: (text: string, names: readonly string[]): string =>
    `"${text}" is not a fault. Use a status such as 503, delay:2s, skewed-date:1h or one of ${names.join(', ')}, for one provider as in bitize=503, or several times as in 503*3.`,
  badSpec: (path: string, count: number): string =>
    count === 1
      ? `${path} has a mistake. Fix it, then start again.`
      : `${path} has ${count} mistakes. Fix them, then start again.`,
  sameName: (path: string, id: string): string =>
    `Something else that is simulated is called "${id}" too. Rename the folder or file of ${path}.`,
  playedAt: (path: string, origin: string): string => `${path}, played at ${origin}`,
  watchAt: (page: string): string => `Watch and steer it in a browser: ${page}`,
  personAgrees: (page: string): string => `A person agrees at ${page}. Any redirect URI is accepted.`,
  badNumber: (option: string, text: string, most: number): string =>
    `${option} "${text}" is not a number from 0 to ${formatNumber(most, 'en')}.`,
  notSimulated: (provider: string, ids: readonly string[]): string =>
    `--fault names "${provider}", which is not simulated. Use one of ${ids.join(', ')}.`,
}

export type SimulateTexts = typeof simulate
