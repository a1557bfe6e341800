import { prove } from './prove.ts'
import { formsAskForNoSecret, readableForms } from './rules/issue-forms.ts'

const form = (...lines: readonly string[]): Record<string, string> => ({
  '.github/ISSUE_TEMPLATE/a.yml': lines.join('\n'),
})
const head = ['name: Bug', 'description: A bug.', 'body:']

prove('GitHub can read every issue form', readableForms, {
  'a tab': { tree: form('name:\tBug', '\tbody: []'), says: [".github/ISSUE_TEMPLATE/a.yml can't be parsed as YAML."] },
  'a form of a title alone': {
    tree: { ...form('name: Bug'), '.github/ISSUE_TEMPLATE/config.yml': 'blank_issues_enabled: false' },
    says: [
      '.github/ISSUE_TEMPLATE/a.yml needs a description.',
      '.github/ISSUE_TEMPLATE/a.yml has no field to fill in.',
    ],
  },
  'fields that lack what their type needs': {
    tree: form(
      ...head,
      '  - { type: markdown, attributes: {} }',
      '  - { type: text, id: a, attributes: { label: A } }',
      '  - { type: input, id: b c, attributes: { label: B } }',
      '  - { type: textarea, id: c }',
      '  - { type: dropdown, id: c, attributes: { label: C, options: [] } }',
    ),
    says: [
      '.github/ISSUE_TEMPLATE/a.yml: a text without a value.',
      '.github/ISSUE_TEMPLATE/a.yml: text is not a type of field.',
      '.github/ISSUE_TEMPLATE/a.yml: a field of the type input needs an id.',
      '.github/ISSUE_TEMPLATE/a.yml: a field of the type textarea needs a label.',
      '.github/ISSUE_TEMPLATE/a.yml: a field of the type dropdown needs options.',
      '.github/ISSUE_TEMPLATE/a.yml has more than one field with the id c.',
    ],
  },
})

prove('every issue form says that no secret belongs there', formsAskForNoSecret, {
  'one that says so in English alone, and one that says it too late': {
    tree: {
      ...form(
        ...head,
        '  - { type: markdown, attributes: { value: "Never paste a key, a token or a password." } }',
        '  - { type: input, id: a, attributes: { label: A } }',
      ),
      '.github/ISSUE_TEMPLATE/b.yml': [
        ...head,
        '  - { type: input, id: a, attributes: { label: A } }',
        '  - { type: markdown, attributes: { value: "Never paste a key, a token or a password." } }',
      ].join('\n'),
    },
    says: [
      '.github/ISSUE_TEMPLATE/a.yml has to begin with a text that says "Nunca cole chaves, tokens ou senhas".',
      '.github/ISSUE_TEMPLATE/b.yml has to begin with a text that says "Never paste a key, a token or a password".',
      '.github/ISSUE_TEMPLATE/b.yml has to begin with a text that says "Nunca cole chaves, tokens ou senhas".',
    ],
  },
})
