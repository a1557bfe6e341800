import { expect, it } from 'vitest'
import { help as englishHelp } from '../src/messages/help.en.ts'
import { help as portugueseHelp } from '../src/messages/help.pt-br.ts'
import { messages as english } from '../src/messages/messages.en.ts'
import { messages as portuguese } from '../src/messages/messages.pt-br.ts'
import { serve as englishServe } from '../src/messages/serve.en.ts'
import { serve as portugueseServe } from '../src/messages/serve.pt-br.ts'
import { languageOf } from '../src/program/early-options.ts'
import { newHome } from './support/home.ts'

it.each([
  [[], {}, 'en'],
  [[], { LANG: 'pt_BR.UTF-8' }, 'pt-BR'],
  [[], { LANG: 'pt_PT.UTF-8' }, 'pt-BR'],
  [[], { LANG: 'de_DE.UTF-8' }, 'en'],
  [[], { LANG: 'pt_BR.UTF-8', LC_ALL: 'C' }, 'en'],
  [[], { LANG: 'C', LC_MESSAGES: 'pt_BR' }, 'pt-BR'],
  [['--lang', 'pt'], { LANG: 'en_US' }, 'pt-BR'],
  [['token', '--lang=pt-BR'], {}, 'pt-BR'],
  [['--lang', 'en'], { LANG: 'pt_BR' }, 'en'],
  [['exec', 'bitize', '--', 'x', '--lang', 'pt'], {}, 'en'],
])('%j with %j speaks %s', (words, env, language) => {
  expect(languageOf(words, env)).toBe(language)
})

it('says nothing in Portuguese as in English, and leaves nothing out', () => {
  const [en, pt] = [
    spoken({ english, englishHelp, englishServe }),
    spoken({ portuguese, portugueseHelp, portugueseServe }),
  ]
  expect(pt.map(([key]) => key)).toEqual(en.map(([key]) => key))
  const same = en.filter(([, text], index) => text.length > 20 && pt[index]?.[1] === text).map(([key]) => key)
  expect(same).toEqual([])
})

it('helps in Portuguese', async () => {
  const { stdout } = await newHome().run(['login', '--help'], { env: { LANG: 'pt_BR.UTF-8' } })
  expect(stdout).toMatch(/^Uso: chaveiro login \[opções\] <provider>\n/)
  expect(stdout).toContain('Exemplos:')
  expect(stdout).not.toMatch(/Usage|Options|Arguments|default:|choices/)
})

it.each([
  [['nonsense'], 'O comando "nonsense" não existe. Veja: chaveiro --help\n'],
  [['tokn'], 'O comando "tokn" não existe. Veja: chaveiro --help\nVocê quis dizer token?\n'],
  [['request'], 'Falta o argumento <provider>.\n'],
  [['token', 'bitize', '--account'], 'A opção --account <name> precisa de um valor.\n'],
  [['token', 'bitize', 'x'], 'Argumentos demais para token.\n'],
  [['token', '--nonsense'], 'A opção --nonsense não existe aqui.\n'],
  [['status', '--lang', 'xx'], 'The value of --lang <language> is not allowed.\n'],
])('chaveiro %j says in Portuguese what is wrong', async (words, stderr) => {
  expect(await newHome().run(words, { env: { LANG: 'pt_BR' } })).toMatchObject({ status: 2, stdout: '', stderr })
})

/** Every text by its key; functions by what they say of the same things. */
function spoken(tree: object): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'string') return [[key, value]]
    if (typeof value === 'function') return [[key, String(value).replace(/: string|: number|\s/g, '')]]
    return spoken(value).map(([below, text]) => [below, text])
  })
}
