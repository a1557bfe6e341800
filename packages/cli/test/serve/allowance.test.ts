import { expect, it } from 'vitest'
import { covers, isNarrow, readAllowance } from '../../src/serve/keys/allowance.ts'

it.each([
  ['bitize/shop', [], []],
  ['bitize/*', [], []],
  ['assine-online/a.b@c+d-e_f', [], []],
  ['bitize/* GET', ['GET'], []],
  ['bitize/* GET,POST /vendors/*', ['GET', 'POST'], ['vendors', '*']],
  ['bitize/* /vendors/**', [], ['vendors', '**']],
  ['bitize/* GET /**/usuários', ['GET'], ['**', 'usuários']],
])('%j is a rule', (text, methods, path) => {
  const read = readAllowance(text)
  expect(read).toMatchObject({ rule: { methods, path, text } })
  expect(typeof read === 'object' && isNarrow(read)).toBe(methods.length > 0 || path.length > 0)
})

it.each([
  ['', 'account'],
  ['bitize', 'account'],
  ['*/*', 'account'],
  ['bitize/', 'account'],
  ['bitize/a/b', 'account'],
  ['bitize/sh*', 'account'],
  ['bitize/../x', 'account'],
  [' bitize/shop', 'shape'],
  ['bitize/shop ', 'shape'],
  ['bitize/shop  GET', 'shape'],
  ['bitize/shop GET /a /b', 'shape'],
  ['bitize/shop /a GET', 'shape'],
  ['bitize/shop get /a', 'method'],
  ['bitize/shop GET, /a', 'method'],
  ['bitize/shop * /a', 'method'],
  ['bitize/shop CONNECT', 'method'],
  ['bitize/shop GET,TRACE /a', 'method'],
  ['bitize/shop GET vendors', 'path'],
  ['bitize/shop GET /', 'path'],
  ['bitize/shop GET //a', 'path'],
  ['bitize/shop GET /a/', 'path'],
  ['bitize/shop GET /a/../b', 'path'],
  ['bitize/shop GET /a/.', 'path'],
  ['bitize/shop GET /ven*', 'path'],
  ['bitize/shop GET /***', 'path'],
  ['bitize/shop GET /a%20b', 'path'],
  ['bitize/shop GET /a?b=c', 'path'],
  ['bitize/shop GET /a#b', 'path'],
  ['bitize/shop GET /a;b', 'path'],
  ['bitize/shop GET /a\\b', 'path'],
  ['bitize/shop GET /a\u0007', 'path'],
])('%j is not a rule, because of its %s', (text, fault) => {
  expect(readAllowance(text)).toBe(fault)
})

it('a rule covers an account by its exact name, or all accounts of its provider', () => {
  const [one, all] = ['bitize/shop', 'bitize/*'].map(readAllowance)
  if (typeof one !== 'object' || typeof all !== 'object') throw new TypeError('These are rules.')
  const names = ['shop', 'Shop', 'shop2', '*']
  expect(names.map((name) => covers(one, 'bitize', name))).toEqual([true, false, false, false])
  expect(names.map((name) => covers(all, 'bitize', name))).toEqual([true, true, true, true])
  expect(covers(all, 'genpag', 'shop')).toBe(false)
})
