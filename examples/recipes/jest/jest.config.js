// Jest loads CommonJS, so it has to translate our packages, which are ES modules. Node itself needs none of this.
module.exports = {
  transform: { '\\.js$': ['babel-jest', { presets: [['@babel/preset-env', { targets: { node: 'current' } }]] }] },
  transformIgnorePatterns: ['/node_modules/(?!(\\.pnpm|@chaveiro|openapi-fetch)/)'],
}
