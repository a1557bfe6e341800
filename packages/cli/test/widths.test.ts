import { expect, it } from 'vitest'
import { data as dataEn } from '../src/messages/data.en.ts'
import { data as dataPt } from '../src/messages/data.pt-br.ts'
import { help as helpEn } from '../src/messages/help.en.ts'
import { help as helpPt } from '../src/messages/help.pt-br.ts'
import { messages as messagesEn } from '../src/messages/messages.en.ts'
import { messages as messagesPt } from '../src/messages/messages.pt-br.ts'
import { serve as serveEn } from '../src/messages/serve.en.ts'
import { serve as servePt } from '../src/messages/serve.pt-br.ts'
import { cells, fit } from '../src/terminal/fit.ts'
import { newHome } from './support/home.ts'
import { signedIn } from './support/scene.ts'

const WIDTHS = [60, 80, 120]
const LANGUAGES = ['en', 'pt-BR']
const CASES = WIDTHS.flatMap((width) => LANGUAGES.map((language) => [width, language] as const))
const COMMANDS = ['providers', 'login', 'token', 'request', 'exec', 'status', 'tokens', 'logout', 'store', 'doctor']
const TOOLS = ['env', 'keep', 'serve', 'simulate', 'demo', 'completion', 'help']
const MINUTE = 60_000

it.each([
  ['en', { dataEn, messagesEn, helpEn, serveEn }],
  ['pt-BR', { dataPt, messagesPt, helpPt, servePt }],
])('every message in %s fits into 60, 80 and 120 columns', (_, catalogue) => {
  const messages = texts(catalogue)
  expect(messages.length).toBeGreaterThan(150)
  for (const width of WIDTHS) expect(messages.flatMap((text) => tooLong(fit(text, width), width))).toEqual([])
})

it.each(CASES)(
  'every help fits into %i columns in %s',
  async (width, language) => {
    const env = { COLUMNS: String(width), LC_ALL: language === 'en' ? 'C' : 'pt_BR.UTF-8' }
    const asked = [[], ['serve', 'keys'], ...[...COMMANDS, ...TOOLS].map((name) => [name])].map((words) => [
      ...words,
      '--help',
    ])
    const home = newHome()
    for (const words of asked) {
      const { status, stdout } = await home.run(words, { env })
      expect(status).toBe(0)
      expect(stdout).not.toBe('')
      expect(tooLong(stdout, width)).toEqual([])
    }
  },
  2 * MINUTE,
)

it.each(CASES)(
  'what the commands print fits into %i columns in %s',
  async (width, language) => {
    const scene = await signedIn()
    const env = { COLUMNS: String(width), LC_ALL: language === 'en' ? 'C' : 'pt_BR.UTF-8' }
    const lines = [
      ['providers'],
      ['status'],
      ['doctor'],
      ['store'],
      ['token', 'genpag'],
      ['token', 'nothing'],
      ['login', 'bitize'],
      ['login', 'bitize', '--server', 'test'],
      ['login', 'assine-online', '--server', 'nowhere'],
      ['login', 'bitize', '--server', scene.url, '--account', '../x'],
      ['request', 'bitize', 'vendors'],
      ['tokens', 'list', 'bitize'],
      ['logout'],
      ['simulate', '--port', 'x'],
      ['demo', '--server', 'test'],
      ['nonsense'],
      ['logout', 'bitize'],
    ]
    for (const words of lines) {
      const { stdout, stderr } = await scene.run(words, { env })
      expect(`${stdout}${stderr}`).not.toBe('')
      expect(tooLong(`${stdout}${stderr}`, width)).toEqual([])
    }
  },
  2 * MINUTE,
)

/** Every text of a catalogue; functions with arguments of an ordinary length. */
function texts(tree: object): string[] {
  return Object.entries(tree).flatMap(([key, value]): string[] => {
    if (typeof value === 'string') return [value]
    if (typeof value === 'function') return [String(value(...argumentsOf(key, value.length)))]
    return texts(value)
  })
}

const LISTS = [
  'whichServer',
  'severalWays',
  'whichAccount',
  'deniedAskAgain',
  'problems',
  'checkVariables',
  'severalInVariables',
  'chooseAccount',
  'unknownAccount',
  'unknownDoor',
  'unknownInput',
  'unknownLine',
  'unknownProvider',
  'unknownServer',
  'unknownShell',
]

function argumentsOf(key: string, count: number): unknown[] {
  if (key === 'systemTrouble') return [{ code: 'EACCES', path: '/srv/chaveiro/config' }]
  if (key === 'variablesMissing') return ['Bitize', [['BITIZE_CONSUMER_KEY', 'BITIZE_SECRET_KEY'], ['BITIZE_TOKEN']]]
  const words = Array.from({ length: count }, () => 'production')
  const date = ['token', 'newToken', 'tokenCreated', 'signedIn', 'kept', 'ending'].includes(key)
  if (date) return [...words.slice(1), '2026-11-30T17:00:00.000Z']
  return LISTS.includes(key) ? [...words.slice(1), ['bitize', 'genpag']] : words
}

/** Lines that are too long although they could be broken: a path, a URL or a command to copy cannot. */
function tooLong(text: string, width: number): string[] {
  return text.split('\n').filter((line) => cells(line) > width && !isUnbreakable(line.trim()))
}

function isUnbreakable(line: string): boolean {
  return (
    !line.includes(' ') ||
    /^(?:→ )?(?:chaveiro|npm|curl|source|pass|export|CHAVEIRO_\S+|chmod) /.test(line) ||
    /(?:\/\S+){3}/.test(line)
  )
}
