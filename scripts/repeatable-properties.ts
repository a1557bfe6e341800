import fc from 'fast-check'

// CI judges a change by the same examples each time: a failure found by chance isn't the fault of that change. Elsewhere
// every run looks at new ones, `test:deep` at most; what fails prints its seed.
if (process.env['CI'] === 'true') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_124 })
