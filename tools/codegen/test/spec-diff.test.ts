import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { changedPackages, declaredSince, mergeBase, unmet } from '../src/index.ts'
import { branch, manifest, specDiff } from './git-branch.ts'

const SPEC = 'specs/bitize/openapi.yaml'

function changeset(bump: string): string {
  return `---\n"@chaveiro/bitize": ${bump}\n---\n\nSomething.\n`
}

const missing = (bump: string): string =>
  `${SPEC} has changed, and no changeset says so. Run npx --yes pnpm@12.21.0 changeset, and choose @chaveiro/bitize and ${bump}.`

test('specs that have not changed need nothing', async () => {
  expect(await specDiff(await branch(), 'main')).toEqual({ status: 0, out: ['The specs are those of main.'], err: [] })
})

test.each<[what: string, from: string, to: string, bump: string, line: string]>([
  ['a server that is gone', '    x-name: test\n', '    x-name: trial\n', 'minor', '  breaks  the server test is gone'],
  [
    'a server elsewhere',
    'https://api.bitize.io',
    'https://api2.bitize.io',
    'minor',
    '  breaks  the server io was https://api.bitize.io and is https://api2.bitize.io',
  ],
  ['another path', '  /auth:\n', '  /token:\n', 'minor', '  breaks  authenticate was POST /auth and is POST /token'],
  [
    'another replay',
    'replay: unprocessed\n      requestBody',
    'replay: never\n      requestBody',
    'minor',
    '  breaks  authenticate was sent again unprocessed and is never',
  ],
  [
    'a required field',
    'required: [consumer_key, secret_key]',
    'required: [consumer_key]',
    'minor',
    '  new     authenticate body.application/json.secret_key is no longer required',
  ],
  [
    'a field of an answer',
    '        refresh_token:\n          type: string\n',
    '        refresh:\n          type: string\n',
    'minor',
    '  breaks  authenticate answer.200.application/json.refresh_token is gone',
  ],
  [
    'a parameter’s type',
    '          schema:\n            type: string\n      responses',
    '          schema:\n            type: integer\n      responses',
    'minor',
    '  breaks  refreshAccessToken parameters.query.refresh_token: type was "string" and is "integer"',
  ],
  [
    'an input’s name',
    '          secretKey:\n',
    '          privateKey:\n',
    'minor',
    '  breaks  the input secretKey of accessToken is gone',
  ],
  [
    'an input’s variable',
    'env: BITIZE_SECRET_KEY',
    'env: BITIZE_KEY',
    'minor',
    '  breaks  the input secretKey of accessToken: env has changed',
  ],
  [
    'how refresh tokens rotate',
    'rotation: unknown\n          # undocumented: nothing',
    'rotation: never\n          # undocumented: nothing',
    'patch',
    '  other   accessToken.acquire.refreshToken has changed',
  ],
  [
    'an assumed life',
    'otherwise: PT15M',
    'otherwise: PT10M',
    'patch',
    '  other   accessToken.acquire.expires has changed',
  ],
  [
    'a refresh that is gone',
    '        refresh:\n          operationId',
    '        unknown:\n          operationId',
    'minor',
    '  breaks  accessToken.refresh is gone',
  ],
  [
    'where tokens are kept',
    'x-token-lifecycle:\n',
    'x-token-lifecycle:\n        persist: false\n',
    'minor',
    '  breaks  accessToken.persist is new',
  ],
  [
    'an input that may be left out',
    'secret: true\n            env: BITIZE_SECRET',
    'secret: true\n            optional: true\n            env: BITIZE_SECRET',
    'minor',
    '  new     the input secretKey of accessToken may be left out',
  ],
  [
    'a limit',
    '        refresh:\n          operationId',
    '        limit: { calls: 5, per: PT1M }\n        refresh:\n          operationId',
    'patch',
    '  other   accessToken.limit is new',
  ],
  [
    'a documented lock-out',
    '        refresh:\n          operationId',
    '        lockout: documented\n        refresh:\n          operationId',
    'patch',
    '  other   accessToken.lockout is new',
  ],
  [
    'how often a refresh token may be sent',
    'rotation: unknown\n          # undocumented: nothing',
    'rotation: unknown\n            uses: 3\n          # undocumented: nothing',
    'patch',
    '  other   accessToken.acquire.refreshToken has changed',
  ],
  [
    'a member that is written by hand from now on',
    '        refresh:\n          operationId',
    '        byHand: [authorize]\n        refresh:\n          operationId',
    'minor',
    '  breaks  accessToken.byHand is new',
  ],
  [
    'what rejects a token',
    '          - status: 401\n\n',
    '          - status: 401\n          - { status: 403, body: { /code: 7 } }\n\n',
    'patch',
    '  other   accessToken.rejected has changed',
  ],
  ['a comment', '# SEED\n', '# SEED.\n', 'patch', '  other   only descriptions, comments or order have changed'],
])('%s demands the smallest changeset that tells of it', async (_, from, to, bump, line) => {
  const work = await branch()
  await work.edit(SPEC, from, to)

  const { status, out, err } = await specDiff(work, 'main')

  expect(out[0]).toBe(`${SPEC}: @chaveiro/bitize needs ${bump}`)
  expect(out).toContain(line)
  expect({ status, err }).toEqual({ status: 1, err: [missing(bump)] })
  await work.write('.changeset/mine.md', changeset(bump))
  expect(await specDiff(work, 'main')).toMatchObject({ status: 0, err: [] })
})

test('a changeset that is too small, or from before, does not do', async () => {
  const work = await branch()
  await work.edit(SPEC, 'env: BITIZE_SECRET_KEY', 'env: BITIZE_KEY')
  await work.write('.changeset/mine.md', changeset('patch'))
  expect((await specDiff(work, 'main')).err).toEqual([missing('minor')])

  const old = await branch()
  await old.write('.changeset/old.md', changeset('minor'))
  old.git('add', '.')
  old.git('commit', '--message=Second')
  await old.edit(SPEC, 'env: BITIZE_SECRET_KEY', 'env: BITIZE_KEY')
  expect((await specDiff(old, 'HEAD')).err).toEqual([missing('minor')])
  expect((await specDiff(old, 'main')).err).toEqual([])
})

test('before its first release, the changeset that announces a package covers its changes', async () => {
  const work = await branch('0.0.0')
  await work.write('.changeset/first.md', changeset('minor'))
  work.git('add', '.')
  work.git('commit', '--message=Second')
  await work.edit(SPEC, 'env: BITIZE_SECRET_KEY', 'env: BITIZE_KEY')
  expect(await specDiff(work, 'HEAD')).toMatchObject({ status: 0, err: [] })
})

test('from 1.0 on, what breaks demands a major version', async () => {
  const work = await branch('1.2.0')
  await work.edit(SPEC, 'env: BITIZE_SECRET_KEY', 'env: BITIZE_KEY')
  expect((await specDiff(work, 'main')).err).toEqual([missing('major')])
})

test('a new provider and a deleted one are told', async () => {
  const work = await branch()
  await work.add('notary')
  await work.remove('specs/bitize')
  await work.remove('packages/bitize')
  const { status, out } = await specDiff(work, 'main')
  expect(out).toEqual([
    'specs/bitize/openapi.yaml',
    '  breaks  the provider is gone',
    'specs/notary/openapi.yaml',
    '  new     the provider is new',
  ])
  expect(status).toBe(0)
})

test('a commit that git does not know, and no commit, are mistakes that are explained', async () => {
  const work = await branch()
  expect(await specDiff(work, 'elsewhere')).toMatchObject({
    status: 2,
    err: ['git knows no commit elsewhere. Fetch it, or name another: git log --oneline shows them.'],
  })
  expect((await specDiff(work)).err.join('\n')).toContain('Usage: pnpm spec-diff <base>')
})

test('published code that changes needs a changeset; tests, READMEs and a release do not', async () => {
  const work = await branch()
  await work.write('packages/bitize/README.md', '# Bitize\n')
  await work.write('packages/bitize/test/a.test.ts', '')
  await work.write('packages/bitize/package.json', manifest('0.1.1'))
  expect(changedPackages(work.root, 'main')).toEqual([])

  await work.write('packages/bitize/package.json', manifest('0.1.1', 'Another sentence.'))
  await work.write('packages/bitize/src/new.ts', 'export const two = 2\n')
  const demands = changedPackages(work.root, 'main')
  expect(unmet(demands, declaredSince(work.root, 'main'))).toEqual([
    'packages/bitize/package.json has changed, and no changeset says so. Run npx --yes pnpm@12.21.0 changeset, and choose @chaveiro/bitize and patch.',
  ])
  await work.write('.changeset/mine.md', changeset('patch'))
  expect(unmet(demands, declaredSince(work.root, 'main'))).toEqual([])
})

test('what a package ships inside its bundle needs a changeset of that package too', async () => {
  const work = await branch()
  await work.write(
    'packages/cli/package.json',
    '{ "name": "chaveiro", "bin": { "chaveiro": "./dist/main.js" }, "devDependencies": { "@chaveiro/bitize": "*" } }',
  )
  work.git('add', '.')
  work.git('commit', '--message=Second')
  work.git('branch', '--force', 'main')
  await work.write('packages/bitize/src/new.ts', 'export const two = 2\n')
  await work.write('.changeset/mine.md', changeset('patch'))
  const demands = changedPackages(work.root, 'main')
  expect(unmet(demands, declaredSince(work.root, 'main'))).toEqual([
    'packages/bitize/src/new.ts has changed, which is part of what chaveiro ships, and no changeset says so. Run npx --yes pnpm@12.21.0 changeset, and choose chaveiro and patch.',
  ])
  await work.write('.changeset/mine.md', changeset('patch').replace('\n', '\n"chaveiro": patch\n'))
  expect(unmet(demands, declaredSince(work.root, 'main'))).toEqual([])
})

test('a branch is compared with where it left main, and a clone without main with nothing', async () => {
  const work = await branch()
  const first = execFileSync('git', ['rev-parse', 'main'], { cwd: work.root, encoding: 'utf8' }).trim()
  await work.write('packages/bitize/src/index.ts', 'export const one = 2\n')
  work.git('commit', '--all', '--message=Second')
  expect(mergeBase(work.root)).toBe(first)
  work.git('branch', '--delete', '--force', 'main')
  expect(mergeBase(work.root)).toBeUndefined()
})
