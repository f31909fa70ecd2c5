import { below, type Random } from '../../random.ts'

const neighbours: Readonly<Record<string, string>> = {
  a: 'sqwz', b: 'vgn', c: 'xvd', d: 'sfe', e: 'wrd', f: 'dgr', g: 'fht', h: 'gjy', i: 'uok', j: 'hku', k: 'jli', l: 'ko', m: 'n', n: 'bm', o: 'ipl', p: 'o', q: 'wa', r: 'etf', s: 'adw', t: 'ryg', u: 'yij', v: 'cb', w: 'qes', x: 'zc', y: 'tuh', z: 'x',
} // biome-ignore format: a table

const shortForms: readonly (readonly [RegExp, string])[] = [
  [/\byou\b/g, 'u'],
  [/\bi am\b/g, 'im'],
  [/\bi am\b/g, "i'm"],
  [/\bplease\b/g, 'plz'],
  [/\bdo not\b/g, "don't"],
  [/\bdo not\b/g, 'dont'],
  [/\bwhat is\b/g, "what's"],
  [/\bwhat is\b/g, 'whats'],
  [/\bwhere is\b/g, "where's"],
  [/\bwant to\b/g, 'wanna'],
  [/\bgoing to\b/g, 'gonna'],
  [/\bgive me\b/g, 'gimme'],
  [/\blet me\b/g, 'lemme'],
  [/\bi would\b/g, "i'd"],
  [/\bcannot\b/g, "can't"],
  [/\bcannot\b/g, 'cant'],
  [/\band\b/g, '&'],
  [/\btabs\b/g, 'tab'],
  [/\bthis page\b/g, 'this pg'],
  [/\bthat are\b/g, "that're"],
  [/\bit is\b/g, "it's"],
  [/\bthanks\b/g, 'thx'],
]

/** The same text as hurried, careless, spoken or shouted: most texts stay as they are. */
export function disguise(text: string, random: Random): string {
  let result = text
  if (random() < 0.3) {
    const [pattern, short] = shortForms[below(random, shortForms.length)] ?? []
    if (pattern !== undefined && short !== undefined) result = result.replace(pattern, short)
    result = shorten(result, random)
  }
  if (random() < 0.12)
    result = result.replace(/\b(?:the|a|an|my|to|of)\s/g, () => (random() < 0.7 ? '' : 'the '))
  if (random() < 0.14) result = misspell(result, random)
  if (random() < 0.04) result = misspell(result, random)
  if (random() < 0.04) result = result.replace(/['’]/g, '')
  return result.trim()
}

/** Every short form that fits, now and then. */
function shorten(text: string, random: Random): string {
  let result = text
  for (const [pattern, short] of shortForms) if (random() < 0.15) result = result.replace(pattern, short)
  return result
}

/** One slip of the fingers in one word of four letters or more. */
function misspell(text: string, random: Random): string {
  const words = text.split(' ')
  const long = words.flatMap((word, index) => (/^[a-z]{4,}$/.test(word) ? [index] : []))
  const index = long[below(random, long.length)]
  if (index === undefined) return text
  const word = words[index] ?? ''
  const at = 1 + below(random, word.length - 1)
  const kinds = [
    () => word.slice(0, at) + word.slice(at + 1),
    () => word.slice(0, at) + (word[at] ?? '') + word.slice(at),
    () => word.slice(0, at - 1) + (word[at] ?? '') + (word[at - 1] ?? '') + word.slice(at + 1),
    () => word.slice(0, at) + near(word[at] ?? '', random) + word.slice(at + 1),
    () => `${word.slice(0, at)} ${word.slice(at)}`,
  ]
  words[index] = kinds[below(random, kinds.length)]?.() ?? word
  if (random() < 0.1 && index > 0)
    words.splice(index - 1, 2, `${words[index - 1] ?? ''}${words[index] ?? ''}`)
  return words.join(' ')
}

function near(letter: string, random: Random): string {
  const choices = neighbours[letter] ?? letter
  return choices[below(random, choices.length)] ?? letter
}
