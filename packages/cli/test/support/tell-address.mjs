// What $BROWSER starts: tells a test which address it was given.
const [, , test, address] = process.argv
await fetch(test, { method: 'POST', body: address })
