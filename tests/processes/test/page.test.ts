import { expect, it } from 'vitest'
import type { FleetRow, Promised } from './support/fleet-row.ts'
import { CROWDS } from './support/rows/crowds.ts'
import { FAILING_POSTGRES } from './support/rows/failing-postgres.ts'
import { FAILING_REDIS } from './support/rows/failing-redis.ts'
import { LATE_ANSWERS } from './support/rows/late-answers.ts'
import { LOST_DATA } from './support/rows/lost-data.ts'
import { MANY_ACCOUNTS } from './support/rows/many-accounts.ts'
import { REPORTED_LOGINS } from './support/rows/reported-logins.ts'
import { REPORTED_RACES } from './support/rows/reported-races.ts'
import { SIGN_OUTS } from './support/rows/sign-outs.ts'
import { UNREADABLE_ANSWERS } from './support/rows/unreadable-answers.ts'
import { WRONG_CLOCKS } from './support/rows/wrong-clocks.ts'

type Shown = Pick<FleetRow, 'id' | 'goesWrong' | 'store' | 'promised'>

const ROWS: readonly Shown[] = [
  ...LATE_ANSWERS,
  ...UNREADABLE_ANSWERS,
  ...CROWDS,
  ...LOST_DATA,
  ...FAILING_REDIS,
  ...FAILING_POSTGRES,
  ...SIGN_OUTS,
  ...WRONG_CLOCKS,
]

// `vitest -u` rewrites it.
it('docs/reports/fleet.md is up to date', async () => {
  await expect(page()).toMatchFileSnapshot('../../../docs/reports/fleet.md')
})

it('each row has an id of its own, in order', () => {
  const others = [MANY_ACCOUNTS, REPORTED_RACES, REPORTED_LOGINS].flatMap((rows) => Object.keys(rows))
  const ids = [...ROWS.map(({ id }) => id), ...others]
  expect(ids).toEqual(ids.map((_, index) => `F${String(index + 1).padStart(2, '0')}`))
})

function page(): string {
  return [
    '# A fleet in trouble',
    '',
    'What an account keeps when things go wrong for the processes that share it. Each row is a test in `tests/processes`,',
    'which writes this page; do not edit. The processes, the servers and the HTTP are real.',
    '',
    '## One account, several processes',
    '',
    'The provider is at its strictest: refresh tokens are used once, and one that comes back ends its family. The account has',
    'a refresh token and nothing to acquire with, except where clocks are wrong. "Sent" is how often any one refresh token',
    'reaches the provider, at most, with `resendUnknown` set to that value. "Sign in again" is whether a person has to.',
    '',
    'In every row no process hands out a token that has ended, and callers are well again when the trouble is over.',
    '',
    "| id | what goes wrong | store | `'never'`: sent | sign in again | `'once'`: sent | sign in again |",
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...ROWS.map(({ id, goesWrong, store, promised: { never, once } }) =>
      row([id, goesWrong, store, ...cells(never), ...cells(once)]),
    ),
    '',
    '## Many accounts, one process',
    '',
    "Each account is another tenant's. Trouble of one is not the others': the endpoint is left alone only when three accounts",
    'whose last call succeeded fail, two find no connection, or twenty fail.',
    '',
    '| id | what goes wrong | promise |',
    '| --- | --- | --- |',
    ...Object.entries(MANY_ACCOUNTS).map(([id, { goesWrong, promised }]) => row([id, goesWrong, promised])),
    '',
    '## Races that people report',
    '',
    'Two processes share one account over Redis. A person has agreed once, and nothing else can get a token. The access tokens',
    'live as long as the documents of each provider say.',
    '',
    '| id | provider | what goes wrong | promise |',
    '| --- | --- | --- | --- |',
    ...Object.entries(REPORTED_RACES).map(([id, { provider, goesWrong, promised }]) =>
      row([id, provider, goesWrong, promised]),
    ),
    '',
    '## Logins that people report',
    '',
    'Two processes of five workers share the accounts of one client over Redis. The bank does not exist: it does what people report',
    'of several, and what no official page states.',
    '',
    '| id | what goes wrong | promise |',
    '| --- | --- | --- |',
    ...Object.entries(REPORTED_LOGINS).map(([id, { goesWrong, promised }]) => row([id, goesWrong, promised])),
    '',
  ].join('\n')
}

function cells({ sent, signIn }: Promised): readonly string[] {
  return [sent === 0 ? 'never' : sent === 1 ? 'once' : 'twice', SIGN_IN[signIn]]
}

const SIGN_IN: Readonly<Record<Promised['signIn'], string>> = {
  'not needed': 'no',
  'may be needed': 'perhaps',
  needed: 'yes',
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
