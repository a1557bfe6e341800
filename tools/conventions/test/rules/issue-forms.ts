import { parseYaml } from '@redocly/openapi-core'
import type { Repository } from '../repository.ts'
import { type JsonRecord, recordOf } from './json-record.ts'

// What GitHub knows. https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
const FIELDS = ['checkboxes', 'dropdown', 'input', 'textarea']
const WARNINGS = ['Never paste a key, a token or a password', 'Nunca cole chaves, tokens ou senhas']

/** GitHub can read every issue form, which it would otherwise leave out of the list, without a word to us. */
export function readableForms(repository: Repository): readonly string[] {
  return formFiles(repository).flatMap((path) => {
    const form = readForm(repository, path)
    if (form === undefined) return [`${path} can't be parsed as YAML.`]
    const elements = elementsOf(form)
    const ids = elements.flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
    return [
      ...['name', 'description'].filter((key) => !isText(form[key])).map((key) => `${path} needs a ${key}.`),
      ...(elements.some(({ type }) => isField(type)) ? [] : [`${path} has no field to fill in.`]),
      ...elements.flatMap((element) => problemsOf(element).map((problem) => `${path}: ${problem}`)),
      ...ids
        .filter((id, index) => ids.indexOf(id) !== index)
        .map((id) => `${path} has more than one field with the id ${id}.`),
    ]
  })
}

/** Every issue form says in both languages that no secret belongs there, before the first field. */
export function formsAskForNoSecret(repository: Repository): readonly string[] {
  return formFiles(repository).flatMap((path) => {
    const form = readForm(repository, path)
    const [first = {}] = form === undefined ? [] : elementsOf(form)
    const text = first['type'] === 'markdown' ? String(recordOf(first['attributes'])['value']) : ''
    return WARNINGS.filter((warning) => !text.includes(warning)).map(
      (warning) => `${path} has to begin with a text that says "${warning}".`,
    )
  })
}

function formFiles({ files }: Repository): readonly string[] {
  return files.filter((path) => /^\.github\/ISSUE_TEMPLATE\/(?!config\.)[^/]+\.ya?ml$/.test(path))
}

function readForm(repository: Repository, path: string): JsonRecord | undefined {
  try {
    return recordOf(parseYaml(repository.read(path)))
  } catch {
    return undefined
  }
}

function elementsOf({ body }: JsonRecord): readonly JsonRecord[] {
  return Array.isArray(body) ? body.map(recordOf) : []
}

function problemsOf({ type, id, attributes }: JsonRecord): readonly string[] {
  const { value, label, options } = recordOf(attributes)
  if (type === 'markdown') return isText(value) ? [] : ['a text without a value.']
  if (!isField(type)) return [`${String(type)} is not a type of field.`]
  const needsOptions = type === 'dropdown' || type === 'checkboxes'
  return [
    ...(typeof id === 'string' && /^[\w-]+$/.test(id) ? [] : [`a field of the type ${type} needs an id.`]),
    ...(isText(label) ? [] : [`a field of the type ${type} needs a label.`]),
    ...(needsOptions && !(Array.isArray(options) && options.length > 0)
      ? [`a field of the type ${type} needs options.`]
      : []),
  ]
}

function isField(type: unknown): type is string {
  return typeof type === 'string' && FIELDS.includes(type)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}
