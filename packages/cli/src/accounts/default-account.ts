/** The account that is meant where none is named. */
export const DEFAULT_ACCOUNT = 'default'
