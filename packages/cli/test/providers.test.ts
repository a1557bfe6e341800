import { expect, it } from 'vitest'
import { PROVIDERS } from '../src/providers/registry.ts'
import { newHome } from './support/home.ts'

it('shows what there is, what each needs and where to get it', async () => {
  const { status, stdout } = await newHome().run(['providers'])
  expect(status).toBe(0)
  for (const provider of Object.values(PROVIDERS)) {
    const { id, title, servers, inputs } = await provider.facts()
    expect(stdout).toContain(`${id}  ${title}\n`)
    for (const url of Object.values(servers)) expect(stdout).toContain(url)
    for (const { description, env } of Object.values(inputs)) {
      expect(stdout).toContain(description)
      expect(stdout).toContain(env ?? '')
    }
  }
})

it('says in Portuguese what each needs, in Portuguese', async () => {
  const { stdout } = await newHome().run(['providers', '--lang', 'pt-BR'])
  for (const provider of Object.values(PROVIDERS)) {
    // The command has its own words for the parts of a certificate.
    const inputs = Object.values((await provider.facts()).inputs).filter(({ part }) => part === undefined)
    for (const { inPortuguese } of inputs) expect(stdout).toContain(inPortuguese)
  }
})

it('login asks for missing inputs in Portuguese too', async () => {
  const { stderr } = await newHome().run(['login', 'bling', '--server', 'production', '--lang', 'pt-BR'])
  expect(stderr).toContain('O client secret do mesmo aplicativo, ao lado do client id.')
})

it('shows the same as JSON', async () => {
  const { stdout } = await newHome().run(['providers', '--json'])
  const ids = JSON.parse(stdout).map(({ id }: { id: string }) => id)
  expect(ids).toEqual(Object.keys(PROVIDERS))
})

it.each(Object.entries(PROVIDERS))(
  '%s is registered under its own id, with a simulator that its inputs fit',
  async (id, provider) => {
    const facts = await provider.facts()
    const { inputs } = await provider.simulate()
    expect(facts.id).toBe(id)
    expect(Object.keys(inputs).length).toBeGreaterThan(0)
    expect(Object.keys(facts.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)))
  },
)
