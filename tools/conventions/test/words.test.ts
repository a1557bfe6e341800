import { prove } from './prove.ts'
import { EXCUSED, words } from './rules/words.ts'

prove('texts read as if a native speaker had written them', words, {
  'a word in English, and one in Portuguese': {
    tree: {
      'docs/a.md': 'One line.\n\nSomebody else refreshes it.',
      'README.pt-BR.md': 'O fornecedor responde.',
      'specs/acme/SOURCES.md': 'The page says: "Whoever calls".',
      'packages/acme/CHANGELOG.md': '- Somebody wrote this as a changeset.',
    },
    says: [
      'README.pt-BR.md: avoided words. line 1: "fornecedor" (provedor)',
      'docs/a.md: avoided words. line 3: "Somebody" (name the actor: caller, process, provider, user)',
    ],
  },
  'more words than are excused, fewer, and a file that is gone': {
    tree: {
      [EXCUSED]: '{ "a.md": 1, "b.md": 2, "c.md": 1, "gone.md": 1 }',
      'a.md': 'It begins anew, and ends anew.',
      'b.md': 'The token is no bearer token.',
      'c.md': 'Fine now.',
    },
    says: [
      'a.md: avoided words (2, of which 1 excused). line 1: "anew" (again); line 1: "anew" (again)',
      `${EXCUSED} excuses 2 in b.md, which has 1. Write 1.`,
      `${EXCUSED} excuses 1 in c.md, which has 0. Remove its line.`,
      `${EXCUSED} excuses gone.md, which is not a file that a person wrote. Remove its line.`,
    ],
  },
})
