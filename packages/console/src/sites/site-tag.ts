/** The line that a page of the site carries to show the widget. Both parts are checked shapes, which no quote can leave. */
export function siteTag(origin: string, site: string): string {
  return `<script async src="${origin}/v1/porchlight.js" data-site="${site}"></script>`
}
