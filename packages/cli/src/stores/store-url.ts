/** The URL of a store, which may hold a password: a variable does not show in the list of processes. */
export const URL_VARIABLE = 'CHAVEIRO_STORE_URL'
