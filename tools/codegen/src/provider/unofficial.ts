import { type Tree, textOf } from './tree.ts'

/** A README says in both languages that its package is unofficial, before it says how to install it. Gives which doesn't. */
export function officialReadmes(id: string, tree: Tree): readonly string[] {
  const title = /^ {2}title: "?(.+?)"?$/m.exec(textOf(tree, `specs/${id}/openapi.yaml`))?.[1] ?? id
  return sentences(title).flatMap(([name, sentence, pattern]) => {
    const path = `packages/${id}/${name}`
    if (!tree.files.includes(path)) return [`${path} is missing.`]
    const [top = ''] = tree.read(path).split('```')
    return pattern.test(top) ? [] : [`${path} has to say above its first block of code: ${sentence}`]
  })
}

function sentences(title: string): readonly (readonly [readme: string, sentence: string, pattern: RegExp])[] {
  const literal = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return [
    [
      'README.md',
      `_Unofficial: Chaveiro is not affiliated with ${title}._`,
      new RegExp(`^_Unofficial: Chaveiro is not affiliated with ${literal}\\._$`, 'm'),
    ],
    [
      'README.pt-BR.md',
      `_Não oficial: o Chaveiro não tem vínculo com ${title}._ (with its article: a ${title}, o ${title})`,
      new RegExp(`^_Não oficial: o Chaveiro não tem vínculo com (?:[ao]s? )?${literal}\\._$`, 'm'),
    ],
  ]
}
