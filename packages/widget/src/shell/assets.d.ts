/** Names of the lazy chunks, relative to the loader; written in by the build. */
declare const __ASSETS__: {
  readonly headless: string
  readonly panel: string
  readonly inline: string
  readonly poll: string
  readonly locales: Readonly<Record<string, string>>
}
