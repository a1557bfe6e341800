/** `assine-online` as a type's name: `AssineOnline`. */
export function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** `assine-online` as a value's name: `assineOnline`. */
export function camelCase(id: string): string {
  const name = pascalCase(id)
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** `acme-pay` and `secretKey` as a variable of the environment: `ACME_PAY_SECRET_KEY`. */
export function environmentName(id: string, input: string): string {
  const words = input.replace(/[A-Z]/g, (letter) => `_${letter}`)
  return `${id.replaceAll('-', '_')}_${words}`.toUpperCase()
}

/** The exported function that gives a scheme's provider: `bitizeProvider`; of several, `assineOnlineSessionToken`. */
export function providerName(id: string, scheme: string, isOneOfSeveral: boolean): string {
  return isOneOfSeveral
    ? `${camelCase(id)}${scheme.charAt(0).toUpperCase()}${scheme.slice(1)}`
    : `${camelCase(id)}Provider`
}

/** `.name`, or `['odd name']`; optional where the value before it may be missing. */
export function memberAccess(name: string, isOptional: boolean): string {
  if (/^[A-Za-z_$][\w$]*$/.test(name)) return isOptional ? `?.${name}` : `.${name}`
  const index = /^\d+$/.test(name) ? name : JSON.stringify(name)
  return isOptional ? `?.[${index}]` : `[${index}]`
}

/** A text of the spec as it may stand within a comment, on one line. */
export function commentText(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('*/', '*\\/')
}

/** 604_800_000 rather than 604800000. */
export function readableNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '_')
}

/** A doc comment of several lines. */
export function docComment(lines: readonly string[]): string {
  return ['/**', ...lines.map((line) => ` * ${commentText(line)}`.trimEnd()), ' */'].join('\n')
}
