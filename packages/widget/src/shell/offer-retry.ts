import { launcherLabels } from './launcher-labels.js'

/** Lets the launcher say that it can be pressed again. Whoever listens hears its new name when it takes the focus anew. */
export function offerRetry(launcher: HTMLElement): void {
  launcher.style.color = ''
  launcher.textContent = launcherLabels[launcher.lang]![1]
  launcher.ariaLabel = `${launcherLabels[launcher.lang]![0]}: ${launcher.textContent}`
  launcher.blur()
  launcher.focus()
}
