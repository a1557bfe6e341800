/** What people report of logins that need no person. Each has a test in `logins`. */
export interface ReportedLogin {
  readonly goesWrong: string
  readonly promised: string
}

export const REPORTED_LOGINS = {
  F42: {
    goesWrong: 'Ten workers start at once, and a client may log in five times a minute.',
    promised:
      'One login, and all ten go on. Of ten accounts in one process five log in, the others get `throttled`, which says when, and log in a minute later. The bank refuses none.',
  },
  F43: {
    goesWrong: 'Ten workers ask for a scope that is not enabled. The bank then grants none of those asked for.',
    promised:
      'All get `misconfigured`, after one login of each process at most. The account without that scope goes on, after one login.',
  },
  F44: {
    goesWrong: 'The bank refuses a token with a 403 whose code means: log in again.',
    promised: 'One login. Each request that was refused is sent once more, and all go on.',
  },
  F45: {
    goesWrong: 'The bank refuses a request with a 403 that no other token puts right, and charges it.',
    promised: 'Each caller gets the 403. No request is sent again, and no process logs in.',
  },
  F46: {
    goesWrong: 'The certificate is of the other environment, so the bank ends every connection.',
    promised:
      'All ten get `misconfigured` with a sentence that says so. The bank hears of no login. A minute after its file is replaced: one login, and all go on.',
  },
  F47: {
    goesWrong: 'The certificate ends while the processes run.',
    promised:
      'Each process tells its listeners within the last 30 days, once. After the end all ten get `misconfigured` with the day. A minute after its file is renewed: one login, and all go on.',
  },
} as const satisfies Readonly<Record<string, ReportedLogin>>
