const LONGEST = 40

/** The tags of articles, each once, by name. */
export function knownTags(articles: { tags: string[] }[]): string[] {
  return [...new Set(articles.flatMap((article) => article.tags))].toSorted((a, b) => a.localeCompare(b))
}

const alike = (tag: string) => tag.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/**
 * Tags as they are kept: one blank between words, each once, and spelled as other articles spell
 * them, so that "VPN" and "vpn" do not become two.
 */
export function asKnown(tags: string[], known: string[]): string[] {
  const spelled = new Map(known.map((tag) => [alike(tag), tag]))
  const kept = new Map<string, string>()
  for (const typed of tags) {
    const tag = typed.trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST)
    const key = alike(tag)
    if (tag !== '' && !kept.has(key)) kept.set(key, spelled.get(key) ?? tag)
  }
  return [...kept.values()]
}
