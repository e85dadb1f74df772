import { sessionTexts } from './session-texts.js'

/** Says that the panel did not load, with a way to try again. */
export function showFailure(root: ShadowRoot, language: string, retry: () => void): void {
  const { failed, retry: again } = sessionTexts[language]!
  const frame = document.createElement('div')
  const button = document.createElement('button')
  root.querySelector('[data-part="failure"]')?.remove()
  frame.dataset['part'] = 'failure'
  frame.role = 'alert'
  button.textContent = again
  button.addEventListener('click', () => {
    frame.remove()
    retry()
  })
  frame.append(failed, button)
  root.append(frame)
  button.focus({ preventScroll: true })
}
