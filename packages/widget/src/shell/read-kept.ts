const recentMs = 30 * 24 * 60 * 60_000

/** What this tab and this browser keep under the name, as text; empty where there is nothing, or where storage is denied. */
export function readKept(name: string): string {
  try {
    return (sessionStorage[name] || '') + (localStorage[name] || '')
  } catch {
    return ''
  }
}

/** Whether the panel was open (`openAt`) or a chat was active (`activeAt`) within 30 days, the tab's word before the browser's. */
export function isRecent(kept: string): boolean {
  return Date.now() - Number(/[en]At":(\d+)/.exec(kept)?.[1]) < recentMs
}
