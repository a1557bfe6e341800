/**
 * A template with its values in place: `{{name}}`, and sections that stay where the value is not empty
 * (`{{#name}}…{{/name}}`) or where it is (`{{^name}}…{{/name}}`).
 *
 * @throws Error when the template wants a value that nothing gives.
 */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  const given = (name: string): string => {
    const value = values[name]
    if (value === undefined) throw new Error(`A template wants {{${name}}}, which nothing gives.`)
    return value
  }
  return template
    .replace(/\{\{([#^])(\w+)\}\}\n?([\s\S]*?)\{\{\/\2\}\}\n?/g, (_, kind: string, name: string, section: string) =>
      (given(name) === '') === (kind === '^') ? section : '',
    )
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => given(name))
}
