import { h, type VNode } from 'vue'
import type { InputRule, SceneName } from './scene-catalog.ts'
import type { PlaygroundTexts } from './texts.ts'

interface FormState {
  readonly scene: SceneName
  readonly inputs: readonly InputRule[]
  /** What is in the fields, by their names. */
  readonly typed: Record<string, string>
  /** The fields that can't be used. */
  readonly wrong: readonly string[]
  readonly isRunning: boolean
  readonly submit: () => Promise<void>
}

/** The fields of a scene and its button. A field that can't be used says what it takes, and gets the focus. */
export function sceneForm(state: FormState, texts: PlaygroundTexts): VNode {
  const hasProcesses = state.inputs.some(({ name }) => name === 'processes')
  const fields = state.inputs.map((rule) =>
    field(rule, texts.input(rule.name, hasProcesses && rule.name === 'callers'), state, texts),
  )
  const submit = (event: Event): void => {
    event.preventDefault()
    void state.submit()
  }
  return h('form', { class: 'scene-form', novalidate: true, onSubmit: submit }, [
    ...fields,
    h('button', { type: 'submit' }, state.isRunning ? texts.running : texts.run),
  ])
}

function field(rule: InputRule, label: string, { scene, typed, wrong }: FormState, texts: PlaygroundTexts): VNode {
  const id = `${scene}-${rule.name}`
  const isWrong = wrong.includes(rule.name)
  return h('div', { class: ['scene-field', isWrong && 'scene-field-wrong'] }, [
    h('label', { for: id }, label),
    h('input', {
      id,
      name: rule.name,
      // Not type="number": that takes 1e9, drops letters in some browsers, and changes when a page is scrolled.
      type: 'text',
      inputmode: 'numeric',
      autocomplete: 'off',
      value: typed[rule.name],
      'aria-invalid': isWrong,
      'aria-describedby': `${id}-hint`,
      onInput: ({ target }: Event) => {
        if (target instanceof HTMLInputElement) typed[rule.name] = target.value
      },
    }),
    h('span', { id: `${id}-hint`, class: 'scene-hint' }, isWrong ? texts.wrong(rule) : texts.hint(rule)),
  ])
}
