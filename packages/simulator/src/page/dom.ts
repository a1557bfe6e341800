/** An element of the page, found by its id. */
export const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (found === null) throw new TypeError(`The page has no ${id}`)
  return found
}

/** A new element. Text stays text, whatever is in it. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElement => {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...children)
  return made
}

/** A button that does something. */
export const button = (text: string, press: () => void): HTMLElement => {
  const made = element('button', { type: 'button' }, text)
  made.addEventListener('click', press)
  return made
}
