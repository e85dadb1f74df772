import { launcherLabels } from './launcher-labels.js'

/** Lets the launcher say that it can be pressed again. Whoever listens hears its new name when it takes the focus anew. */
export function offerRetry(launcher: HTMLElement): void {
  // The colour that its words can be read on, and no name but the words.
  launcher.style.backgroundColor = launcher.ariaLabel = ''
  launcher.textContent = launcherLabels[launcher.lang]!.join(': ')
  launcher.blur()
  launcher.focus()
}
