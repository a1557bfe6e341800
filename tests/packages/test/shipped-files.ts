/** What ships besides the sources and what they are compiled to. Whatever is added here, every user downloads. */
export const REVIEWED_FILES: readonly string[] = ['LICENSE', 'README.md', 'README.pt-BR.md', 'package.json']
