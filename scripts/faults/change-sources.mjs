/**
 * A change of a source: in `file`, `text` becomes `by`.
 * @typedef {{ file: string, text: string, by: string }} Change
 */

/**
 * A Vite plugin that changes sources while they are loaded. `expectAllMade` throws when a change has fitted nowhere: then the source has moved on, and the change must too.
 * @param {readonly Change[]} changes
 */
export function changeSources(changes) {
  const left = new Set(changes)
  const plugin = {
    name: 'porchlight-changes',
    enforce: /** @type {const} */ ('pre'),
    /** @param {string} code @param {string} id */
    transform(code, id) {
      let changed = code
      for (const change of changes) {
        if (!id.endsWith(change.file) || !changed.includes(change.text)) continue
        changed = changed.replace(change.text, () => change.by)
        left.delete(change)
      }
      return changed === code ? null : changed
    }
  }
  const expectAllMade = () => {
    for (const { file, text } of left) throw new Error(`${file} does not contain: ${text}`)
  }
  return { plugin, expectAllMade }
}
