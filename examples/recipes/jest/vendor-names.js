// CommonJS: `require` loads our packages, from Node 20.19 on.
const { isChaveiroError } = require('@chaveiro/bitize')

/** The names of all vendors, or none while Bitize doesn't say them. */
async function vendorNames(bitize) {
  try {
    const response = await bitize.fetch('/vendors')
    if (!response.ok) return [] // a 401 too, if no other token could be had
    const { data } = await response.json()
    return data.map(({ name }) => name)
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    return []
  }
}

module.exports = { vendorNames }
