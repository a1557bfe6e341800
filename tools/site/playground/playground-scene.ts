import { useData } from 'vitepress'
import {
  computed,
  defineComponent,
  h,
  onBeforeUnmount,
  onMounted,
  type PropType,
  reactive,
  ref,
  shallowRef,
  type VNode,
} from 'vue'
import { countRecording } from './count-recording.ts'
import { drawRecording } from './draw-recording.ts'
import { recordingSteps } from './recording-steps.ts'
import { type InputRule, readInput, SCENES, type SceneName } from './scene-catalog.ts'
import { sceneDrawing } from './scene-drawing.ts'
import { sceneForm } from './scene-form.ts'
import { type Recording, record } from './stage.ts'
import { type PlaygroundTexts, TEXTS } from './texts.ts'

/** A scene: its inputs, what comes of them, and in the slot the code that runs. It plays once when it is first seen. */
export const PlaygroundScene = defineComponent({
  props: { name: { type: String as PropType<SceneName>, required: true } },
  setup({ name }, { slots }) {
    const { lang } = useData()
    const texts = computed(() => TEXTS[lang.value === 'pt-BR' ? 'pt-BR' : 'en'])
    const inputs: readonly InputRule[] = SCENES[name].inputs
    const typed = reactive(Object.fromEntries(inputs.map((rule) => [rule.name, String(rule.initially)])))
    const wrong = ref<readonly string[]>([])
    const recording = shallowRef<Recording>()
    const failure = ref('')
    const isRunning = ref(false)
    const said = ref('')
    const runs = ref(0)
    const root = ref<HTMLElement>()

    const play = async (): Promise<void> => {
      const values = new Map(inputs.map((rule) => [rule.name, readInput(rule, typed[rule.name] ?? '')]))
      wrong.value = inputs.filter((rule) => values.get(rule.name) === undefined).map((rule) => rule.name)
      const [first] = wrong.value
      if (first !== undefined) return root.value?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus()
      isRunning.value = true
      failure.value = ''
      try {
        recording.value = await record((stage) => SCENES[name].play(stage, (input) => values.get(input) ?? 0))
        runs.value += 1
      } catch (error) {
        failure.value = texts.value.failed(String(error))
      } finally {
        isRunning.value = false
      }
    }

    // A reader may press the button while the scene still plays by itself: one run comes after the other.
    let last = Promise.resolve()
    const run = (): Promise<void> => {
      last = last.then(play)
      return last
    }

    // Only what the reader asked for is announced.
    const runAndSay = async (): Promise<void> => {
      said.value = texts.value.running
      await run()
      said.value = ''
      if (wrong.value.length > 0) return
      said.value = failure.value || (recording.value ? texts.value.summary(countRecording(recording.value)) : '')
    }

    let observer: IntersectionObserver | undefined
    onMounted(() => {
      observer = new IntersectionObserver((entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        observer?.disconnect()
        void run()
      })
      if (root.value) observer.observe(root.value)
    })
    onBeforeUnmount(() => observer?.disconnect())

    return () =>
      h('div', { class: 'scene', ref: root }, [
        h('div', { class: 'scene-stage' }, [
          sceneForm(
            { scene: name, inputs, typed, wrong: wrong.value, isRunning: isRunning.value, submit: runAndSay },
            texts.value,
          ),
          h('div', { class: 'visually-hidden', role: 'status' }, said.value),
          failure.value
            ? h('p', { class: 'scene-failure' }, failure.value)
            : outcome(recording.value, runs.value, texts.value),
        ]),
        h('div', { class: 'scene-code' }, slots['default']?.()),
      ])
  },
})

/** The figures, the drawing and the steps. Without a recording yet, the figures' places. */
function outcome(recording: Recording | undefined, run: number, texts: PlaygroundTexts): VNode {
  const counts = recording && countRecording(recording)
  const shown = (['callers', 'tokenCalls', 'requests', 'rejected', 'answers'] as const).filter(
    (figure) => figure !== 'rejected' || (counts?.rejected ?? 0) > 0,
  )
  const figures = h(
    'dl',
    { class: 'scene-figures' },
    shown.map((figure) =>
      h('div', { class: `scene-figure scene-figure-${figure}` }, [
        h('dt', texts.figure(figure, counts?.[figure] ?? 0)),
        h('dd', counts ? texts.number(counts[figure]) : '–'),
      ]),
    ),
  )
  if (recording === undefined || counts === undefined) {
    return h('div', { class: 'scene-outcome' }, [figures, h('div', { class: 'scene-drawing scene-drawing-empty' })])
  }
  // A new key for each run, so that the drawing unrolls again.
  return h('div', { class: 'scene-outcome', key: run }, [
    figures,
    sceneDrawing(drawRecording(recording), counts, texts),
    h('p', { class: 'scene-summary' }, texts.summary(counts)),
    h('details', { class: 'scene-steps' }, [
      h('summary', texts.steps),
      h(
        'ol',
        recordingSteps(recording).map((step) => h('li', texts.step(step))),
      ),
    ]),
  ])
}
