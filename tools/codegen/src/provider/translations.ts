import { PLACEHOLDER } from '../new-provider/flows.ts'
import { isObject, objectIn, stringIn } from '../spec/json.ts'
import { jsonObjectOf, parseDocument } from '../spec/parse-document.ts'
import { type Tree, textOf } from './tree.ts'

const WORD = 'x-description-pt-BR'

/** Inputs that only English describes, though the command asks for them in Portuguese too. Facts come first. */
export function untranslatedInputs(id: string, tree: Tree): readonly string[] {
  const path = `specs/${id}/openapi.yaml`
  const text = textOf(tree, path)
  if (text.includes(PLACEHOLDER)) return []
  const schemes = objectIn(objectIn(jsonObjectOf(parseDocument(text, path, path)), 'components'), 'securitySchemes')
  const names = Object.values(schemes).flatMap((scheme) =>
    Object.entries(objectIn(objectIn(scheme, 'x-token-lifecycle'), 'inputs')).flatMap(([name, input]) =>
      isObject(input) && stringIn(input, WORD) === undefined ? [name] : [],
    ),
  )
  return [...new Set(names)].map((name) => `${path}: the input ${name} has no ${WORD}.`)
}
