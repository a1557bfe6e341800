import { providerIds, type Repository } from '../repository.ts'

/** The README of a provider says in both languages that its package is unofficial, before it says how to install it. */
export function unofficial(repository: Repository): readonly string[] {
  return providerIds(repository).flatMap((id) => {
    const title = /^ {2}title: "?(.+?)"?$/m.exec(repository.read(`specs/${id}/openapi.yaml`))?.[1] ?? id
    return sentences(title).flatMap(([name, sentence, pattern]) => {
      const path = `packages/${id}/${name}`
      if (!repository.files.includes(path)) return [`${path} is missing.`]
      const [top = ''] = repository.read(path).split('```')
      return pattern.test(top) ? [] : [`${path} has to say above its first block of code: ${sentence}`]
    })
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
      new RegExp(`^_Não oficial: o Chaveiro não tem vínculo com (?:[ao] )?${literal}\\._$`, 'm'),
    ],
  ]
}
