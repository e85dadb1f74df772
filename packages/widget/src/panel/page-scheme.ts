/** The one palette that a page confines itself to, or undefined when the visitor's system decides. */
export function pageScheme(): 'light' | 'dark' | undefined {
  const [, scheme] = /^(?:only )?(light|dark)(?: only)?$/.exec(getComputedStyle(document.documentElement).colorScheme) ?? []
  return scheme as 'light' | 'dark' | undefined
}
