import { launcherLabels } from '../launcher-labels.js'
import { sessionTexts } from './session-texts.js'

const mostShown = 9

/** "3 unread messages", in the language. */
export function unreadText(count: number, language: string): string {
  const forms = sessionTexts[language]!.unread
  return (forms[new Intl.PluralRules(language).select(count)] ?? forms['other']!).replace('{n}', count.toLocaleString(language))
}

/** Puts the number of unread messages on the launcher and into its name. */
export function showUnread(launcher: HTMLElement, count: number, language: string): void {
  launcher.querySelector('[data-part="badge"]')?.remove()
  launcher.ariaLabel = launcherLabels[language]![0]
  if (count === 0) return
  const badge = document.createElement('span')
  badge.dataset['part'] = 'badge'
  badge.textContent = count > mostShown ? `${mostShown}+` : `${count}`
  launcher.append(badge)
  launcher.ariaLabel += `, ${unreadText(count, language)}`
}
