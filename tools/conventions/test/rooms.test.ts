import { expect, it } from 'vitest'
import { prove } from './prove.ts'
import { here } from './repository.ts'
import { circlesIn } from './rules/circular-imports.ts'
import { arrowsOn, COMMAND, CORE, type Plan, rooms } from './rules/rooms.ts'

const SRC = CORE.src
const CORE_PAGE = { [CORE.page]: here.read(CORE.page) }

/** A file of the core that imports another room, and nothing else of note. */
const imports = (file: string, name: string) => ({
  tree: { ...CORE_PAGE, [`${SRC}/${file}`]: `import type { A } from '${name}'` },
})
const says = (file: string, target: string, room: string, { src, page }: Plan = CORE): string =>
  `${src}/${file} imports ${target}, which ${page} does not let ${room} do.`

prove('a room of the core imports only along the arrows', rooms(CORE), {
  'an engine that uses the kit': {
    ...imports('engine/a.ts', '../kit/b.ts'),
    says: [says('engine/a.ts', 'kit', 'engine')],
  },
  'an engine that uses the shared keeper': {
    ...imports('engine/a.ts', '../shared/b.ts'),
    says: [says('engine/a.ts', 'shared', 'engine')],
  },
  'a kit that uses the policy for old tokens': {
    ...imports('kit/a.ts', '../old-tokens/b.ts'),
    says: [says('kit/a.ts', 'old-tokens', 'kit')],
  },
  'a policy that knows the engine': {
    ...imports('policies/a.ts', '../engine/b.ts'),
    says: [says('policies/a.ts', 'engine', 'policies')],
  },
  'a keeper that sends requests': {
    ...imports('shared/a.ts', '../http/b.ts'),
    says: [says('shared/a.ts', 'http', 'shared')],
  },
  'old tokens that know the shared record': {
    ...imports('old-tokens/a.ts', '../shared/b.ts'),
    says: [says('old-tokens/a.ts', 'shared', 'old-tokens')],
  },
  'an engine that loads the consent of a person': {
    ...imports('engine/a.ts', '../consent/b.ts'),
    says: [says('engine/a.ts', 'consent', 'engine')],
  },
  'a consent that knows the shared record': {
    ...imports('consent/a.ts', '../shared/b.ts'),
    says: [says('consent/a.ts', 'shared', 'consent')],
  },
  'a log that knows the engine': {
    ...imports('log/a.ts', '../engine/b.ts'),
    says: [says('log/a.ts', 'engine', 'log')],
  },
  'an engine that writes a log': {
    ...imports('engine/a.ts', '../log/b.ts'),
    says: [says('engine/a.ts', 'log', 'engine')],
  },
  'a call that knows the engine': {
    ...imports('call/a.ts', '../engine/b.ts'),
    says: [says('call/a.ts', 'engine', 'call')],
  },
  'a contract of providers that knows how they are called': {
    ...imports('provider/a.ts', '../call/b.ts'),
    says: [says('provider/a.ts', 'call', 'provider')],
  },
  'a fetch that knows the engine': {
    ...imports('fetch/a.ts', '../engine/b.ts'),
    says: [says('fetch/a.ts', 'engine', 'fetch')],
  },
  'a retry policy that knows tokens': {
    ...imports('retry/a.ts', '../token/b.ts'),
    says: [says('retry/a.ts', 'token', 'retry')],
  },
  'requests that know the retry policy': {
    ...imports('http/a.ts', '../retry/b.ts'),
    says: [says('http/a.ts', 'retry', 'http')],
  },
  'a token that knows the seam': {
    ...imports('token/a.ts', '../renewal.ts'),
    says: [says('token/a.ts', 'renewal.ts', 'token')],
  },
  'a seam that knows a policy': {
    ...imports('renewal.ts', './policies/b.ts'),
    says: [says('renewal.ts', 'policies', 'renewal.ts')],
  },
  'a file at the root that knows a room': {
    ...imports('errors.ts', './token/b.ts'),
    says: [says('errors.ts', 'token', 'a file at the root')],
  },
  'a file at the root that knows the seam': {
    ...imports('errors.ts', './renewal.ts'),
    says: [says('errors.ts', 'renewal.ts', 'a file at the root')],
  },
  'a main entry that loads the shared keeper': {
    tree: { ...CORE_PAGE, [`${SRC}/index.ts`]: "export { shared } from './shared/b.ts'" },
    says: [says('index.ts', 'shared', 'index.ts')],
  },
  'a room that imports the main entry': {
    ...imports('engine/a.ts', '../index.ts'),
    says: [says('engine/a.ts', 'index.ts', 'engine')],
  },
  'an engine that needs what is for tests; tests may use everything': {
    tree: {
      ...CORE_PAGE,
      [`${SRC}/engine/a.ts`]: "import { b } from '../testing/b.ts'",
      [`${SRC}/testing/b.ts`]: "import { a } from '../shared/a.ts'\nimport { c } from '../old-tokens/c.ts'",
    },
    says: [says('engine/a.ts', 'testing', 'engine')],
  },
  'a room that no arrow leads to or from; what its neighbours may import is not its own': {
    tree: {
      ...CORE_PAGE,
      [`${SRC}/node/a.ts`]: "import { b } from '../engine/b.ts'\nimport { c } from '../errors.ts'",
      [`${SRC}/engine/b.ts`]: "import { c } from '../token/c.ts'",
    },
    says: [says('node/a.ts', 'engine', 'node')],
  },
})

prove('a room of the command imports only along the arrows', rooms(COMMAND), {
  'messages that name a shape of the accounts, and a chain of arrows that is followed to its end': {
    tree: {
      [COMMAND.page]: '# The command\n\n```text\nmain.ts → program → accounts, demo\ndemo, accounts → messages\n```\n',
      [`${COMMAND.src}/main.ts`]: "import { run } from './program/run.ts'",
      [`${COMMAND.src}/program/run.ts`]: "import { messages } from '../messages/messages.ts'",
      [`${COMMAND.src}/messages/messages.ts`]: "import type { State } from '../accounts/state.ts'",
      [`${COMMAND.src}/demo/act.ts`]: "const { state } = await import('../accounts/state.ts')",
    },
    says: [
      says('demo/act.ts', 'accounts', 'demo', COMMAND),
      says('messages/messages.ts', 'accounts', 'messages', COMMAND),
    ],
  },
})

it.each([CORE, COMMAND])(
  'the arrows of $page lead nowhere in a circle, and every folder of $src is in them',
  (plan) => {
    const arrows = arrowsOn(plan.page, here)
    expect(circlesIn(arrows)).toEqual([])
    const folders = here.files.filter((file) => file.startsWith(`${plan.src}/`)).map((file) => file.split('/')[3] ?? '')
    const drawn = [...arrows.keys(), plan.free]
    expect(folders.filter((folder) => !folder.includes('.') && !drawn.includes(folder))).toEqual([])
  },
)
