import tab from '@bomb.sh/tab/commander'
import type { Command } from 'commander'

// The library brings a command that prints scripts; ours speaks two languages and JSON.
const THEIRS = 'completion-by-tab'

/** Adds the hidden `complete`, which a completion script asks at every Tab. Loaded for this one only. */
export function addCompletion(root: Command): void {
  tab(root, { completionCommandName: THEIRS }).commands.delete(THEIRS)
}
