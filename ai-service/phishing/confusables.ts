/**
 * Letters that look like ASCII ones in the fonts of address bars, after Unicode's confusables (UTS #39), cut down to
 * what domain names may hold. Each string lists the look-alikes of the letter before the colon.
 */
const lookalikes = [
  'a:аạąäàáâãåāăαɑǎ',
  'b:ьƄḅЬ',
  'c:сϲçćĉċčƈ',
  'd:ԁđɗḍďժ',
  'e:еẹéèêëēĕėęěєεɛҽ',
  'f:ƒḟք',
  'g:ɡģġğĝǵց',
  'h:һհḥħ',
  'i:іíìîïıĩīĭįɩιǐɪỉị',
  'j:јʝϳ',
  'k:кķḳκƙ',
  'l:ӏłľĺļḷǀⅼ',
  'm:мṃɱⅿ',
  'n:ņńñňṇոռп',
  'o:оοօọóòôõöøōŏőơσ໐ǒ',
  'p:рρṗƿ',
  'q:ԛզ',
  'r:гŕŗřṛꭇɾ',
  's:ѕśŝşšṣșꜱ',
  't:тţťțṭτ',
  'u:սυùúûüũūŭůűųưụǔ',
  'v:ѵνṿⅴ',
  'w:ԝωẁẃŵẉաш',
  'x:хҳẋⅹχ',
  'y:уүýÿŷỳγỵỹ',
  'z:źżžẓʐᴢ',
] as const

const skeletonLetters = new Map<string, string>(
  lookalikes.flatMap(entry => {
    const [letter = '', others = ''] = entry.split(':')
    return [...others].map(other => [other, letter] as const)
  }),
)

/** What is read for a letter at a glance, within ASCII. Longer ones first. */
const glances: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['cl', 'd'],
  ['0', 'o'],
  ['1', 'l'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['8', 'b'],
]

/** The name with every look-alike letter of other alphabets replaced, marks taken off; lower case. */
export function foldLetters(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return name.toLowerCase()
  let folded = ''
  for (const letter of name.toLowerCase()) folded += skeletonLetters.get(letter) ?? letter
  return folded.normalize('NFD').replace(/\p{M}+/gu, '')
}

/** What a hurried reader takes the name for. Two names with one glance may be mistaken for each other. */
export function glanceOf(name: string): string {
  let glance = foldLetters(name)
  for (const [seen, meant] of glances) glance = glance.replaceAll(seen, meant)
  return glance
}

/** True when letters of several alphabets stand in one name, as hardly any honest name has them. */
export function mixesAlphabets(name: string): boolean {
  const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u]
  return alphabets.filter(alphabet => alphabet.test(name)).length > 1
}

/** Changes of one letter (put in, left out, replaced, two swapped) from one name to the other; more than 1 is 2. */
export function closeness(left: string, right: string): 0 | 1 | 2 {
  if (left === right) return 0
  if (Math.abs(left.length - right.length) > 1) return 2
  let start = 0
  while (start < left.length && left[start] === right[start]) start++
  let leftEnd = left.length
  let rightEnd = right.length
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd--
    rightEnd--
  }
  const inLeft = left.slice(start, leftEnd)
  const inRight = right.slice(start, rightEnd)
  if (inLeft.length <= 1 && inRight.length <= 1) return 1
  return inLeft.length === 2 && inLeft[0] === inRight[1] && inLeft[1] === inRight[0] ? 1 : 2
}
