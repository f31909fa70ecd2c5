const names: Readonly<Record<string, string>> = { law_crime: 'Law and crime', arts: 'Arts and culture' }

/** A topic's label in words. */
export function topicName(label: string): string {
  const words = names[label] ?? label.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
