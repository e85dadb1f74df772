import { launcherLabels } from './launcher-labels.js'

/** The first shipped language of: what the site chose, the page's language, the browser's languages, English. */
export function chooseLanguage(chosen: string | undefined): string {
  const wanted = [chosen, document.documentElement.lang, ...navigator.languages]
  return wanted.map((locale) => locale?.split('-')[0]).find((language) => launcherLabels[language!]) || 'en'
}
