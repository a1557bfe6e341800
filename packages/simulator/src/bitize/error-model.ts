import type { Answer } from '../answer.ts'

// `reference/Error.v1.yaml` of the vendor's API document gives one example: 400, "Requisição inválida", "Erro na validação
// dos dados", and `validation: null` although its schema says array. That oddity is kept, because clients will meet it.
// The other titles are ours: no document shows them.
const TITLES: Readonly<Record<number, string>> = {
  400: 'Requisição inválida',
  401: 'Não autorizado',
  403: 'Acesso negado',
  404: 'Não encontrado',
  500: 'Erro interno',
}

/** Bitize's error model, `{ status, title, detail?, validation? }`; no body with a status that the model does not know. */
export const refuse = (status: number, detail: string): Answer => {
  const title = TITLES[status]
  return title === undefined
    ? { status, detail }
    : { status, detail, body: { status, title, detail, validation: null } }
}
