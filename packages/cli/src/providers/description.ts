import type { Texts } from '../messages/texts.ts'

/** What a provider says of an input, or of a part of its host. */
export interface Described {
  readonly description: string
  /** The same in Portuguese. @default `description` */
  readonly inPortuguese?: string | undefined
}

/** The sentence in the language of the command, where the provider has it. */
export function descriptionIn({ language }: Texts, { description, inPortuguese }: Described): string {
  return (language === 'pt-BR' ? inPortuguese : undefined) ?? description
}

/** Facts by name, each with its sentence in Portuguese. */
export function withPortuguese<Fact>(
  facts: Readonly<Record<string, Fact>>,
  sentences: Readonly<Record<string, string>> = {},
): Readonly<Record<string, Fact & Pick<Described, 'inPortuguese'>>> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, { ...fact, inPortuguese: sentences[name] }]),
  )
}
