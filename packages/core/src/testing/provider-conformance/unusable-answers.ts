import { expectThat } from '../store-conformance/expectations.ts'
import { endOf, expectToken, type Open, openScene } from './scene.ts'
import type { ProviderTests } from './world.ts'

/** Answers that look like a success and bring no usable token. */
export function unusableAnswerTests<Inputs, M>(open: Open<Inputs, M>): ProviderTests {
  return {
    'an answer that names another type of token brings none (RFC 6749 §7.1)': async () => {
      await using scene = await openScene(open)
      const { tokenType } = scene.world
      if (tokenType !== undefined) await expectRefused(open, tokenType, 'mac')
    },
    'an answer without what a token needs brings none': async () => {
      await using scene = await openScene(open)
      const { required = [] } = scene.world
      for (const pointer of required) await expectRefused(open, pointer)
    },
  }
}

/** No answer with that value in place of its own brings a token: neither the first one nor one after it. */
async function expectRefused<Inputs, M>(open: Open<Inputs, M>, pointer: string, value?: string): Promise<void> {
  for (const isFirst of [true, false]) {
    await using scene = await openScene(open)
    if (!isFirst) expectToken(await scene.ask())
    const wish = isFirst ? undefined : await endOf(scene)
    let changed = 0
    scene.changing = async (answer) => {
      const other = await withValue(answer, pointer, value)
      if (other !== undefined) changed += 1
      return other ?? answer
    }
    const outcome = await scene.ask(wish)
    expectThat(changed > 0, `No answer of a token call has \`${pointer}\`.`)
    expectThat('error' in outcome, `There is a token although \`${pointer}\` was ${value ?? 'missing'} in the answer.`)
  }
}

/** The same answer with another value at a pointer (RFC 6901); `undefined`: it has none there. */
async function withValue(answer: Response, pointer: string, value: string | undefined): Promise<Response | undefined> {
  const text = await answer.clone().text()
  const json: unknown = answer.ok && text.startsWith('{') ? JSON.parse(text) : undefined
  const names = pointer.split('/').slice(1)
  const last = names.pop()?.replaceAll('~1', '/').replaceAll('~0', '~') ?? ''
  const holder = names.reduce<unknown>((part, name) => Object(part)[name], json)
  if (!Object.hasOwn(Object(holder), last)) return undefined
  Object.assign(Object(holder), { [last]: value })
  return Response.json(json, { status: answer.status })
}
