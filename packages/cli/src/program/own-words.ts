/** The words that are meant for us: what stands behind `--` is somebody else's command. */
export function ownWords(words: readonly string[]): readonly string[] {
  return words.includes('--') ? words.slice(0, words.indexOf('--')) : words
}
