import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { placeOf, testFile } from '../src/mutation.ts'
import { MUTATIONS } from '../src/mutations.ts'

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

// Trying them out takes long, so a change of the code is asked at once to take its mutations along.
test('each mutation still fits its file: the text occurs once, and the tests are there', () => {
  const misfits = MUTATIONS.flatMap((mutation) => {
    const { path, package: name } = placeOf(mutation)
    const places = existsSync(at(path)) ? readFileSync(at(path), 'utf8').split(mutation.find).length - 1 : 0
    const missing = mutation.tests.map((file) => testFile(name, file)).filter((file) => !existsSync(at(file)))
    return [
      ...(places === 1 ? [] : [`"${mutation.name}": its text occurs ${places} times in ${path}, not once.`]),
      ...missing.map((file) => `"${mutation.name}": there is no ${file}.`),
    ]
  })
  expect(misfits).toEqual([])
})

test('no two mutations have one name, and none changes nothing', () => {
  const names = MUTATIONS.map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  expect(MUTATIONS.filter(({ find, replace }) => find === replace).map(({ name }) => name)).toEqual([])
  expect(MUTATIONS.length).toBeGreaterThanOrEqual(50)
})
