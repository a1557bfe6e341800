/** `GENPAG_CLIENT_TOKEN`: the variable of a provider for something that its specification names no variable for. */
export function variableName(id: string, name: string): string {
  return `${id}_${name.replace(/[A-Z]/g, '_$&')}`.replaceAll('-', '_').toUpperCase()
}
