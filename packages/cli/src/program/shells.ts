/** The shells that `chaveiro completion` has a script for. */
export const SHELLS: readonly string[] = ['bash', 'zsh', 'fish', 'powershell']
