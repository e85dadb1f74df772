const idMaxChars = 40

/** A public name out of what something is called: small letters a–z, digits and hyphens; empty where nothing of it can be written so. */
export function nameToId(name: string): string {
  const plain = name.toLowerCase().replaceAll('ł', 'l').replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, '')
  const words = plain.match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, idMaxChars).replace(/-$/, '')
}
