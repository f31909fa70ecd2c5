/** Letters without their marks and case, so that "cafe" finds "Café". */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('en')
}

/**
 * Says whether something answers a query: each of its words occurs in one of the texts, or main named its id as a match by
 * text or meaning. An empty query is answered by all.
 */
export function queryFilter(
  query: string,
  matches: ReadonlySet<string>,
): (id: string, texts: readonly (string | null)[]) => boolean {
  const words = folded(query)
    .split(/\s+/)
    .filter(word => word !== '')
  if (words.length === 0) return () => true
  return (id, texts) => {
    if (matches.has(id)) return true
    const all = folded(texts.filter(text => text !== null).join('\n'))
    return words.every(word => all.includes(word))
  }
}
