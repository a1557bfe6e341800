import tab from '@bomb.sh/tab/commander'
import type { Command } from 'commander'

/**
 * Adds `completion <shell>`, which prints a script, and the hidden `complete`, which that script asks at every Tab. Loaded
 * for these two only.
 */
export function addCompletion(root: Command): void {
  tab(root, { completionCommandName: 'completion' })
}
