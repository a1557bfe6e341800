// CommonJS: `require` loads our packages, from Node 20.19 on.
const { isChaveiroError } = require('@chaveiro/bitize')

/** The names of all vendors, or nothing while there is no token. */
async function vendorNames(bitize) {
  try {
    const response = await bitize.fetch('/vendors')
    const { data } = await response.json()
    return data.map(({ name }) => name)
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    return []
  }
}

module.exports = { vendorNames }
