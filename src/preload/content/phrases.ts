import { WordTable } from './word-table.ts'

/** Things that pages say around their content, in the languages that most of them are in: anywhere in a short text. */
const anywhere: readonly string[] = [
  '(c)1|(c)2|copyright|all rights|rechte vorbehalten|tous droits|derechos reservados|impressum|imprint|datenschutz|privacy|cookie|confidentialit|terms of|nutzungsbeding|powered by|mentions légales',
  'facebook|twitter|whatsapp|pinterest|linkedin|instagram|share this|teilen|partager|compartir|condividi|поделиться|newsletter|subscribe|abonn|suscr|iscriv|follow us|rss',
  '',
  '_comment_|_comments_|_reply_|_replies_|_kommentar_|_kommentare_|_antworten_|_commentaire_|_commentaires_|_répondre_|_comentario_|_comentarios_|_responder_|_commenti_|_rispondi_|_reactie_|_reacties_|_kommentarer_|_yorum|コメント',
  '_published_|_posted_|_updated_|_veröffentlicht_|_aktualisiert_|_publié|_publicado_|_pubblicato_',
]

/** At the beginning of one. */
const atStart: readonly string[] = [
  '',
  '',
  'read more|read also|read next|see also|more from|more on|more news|more about|also read|also on|related|you may|you might|recommended|weiterlesen|mehr zum|mehr lesen|mehr aus|lesen sie|lesetipp|auch interessant|das könnte|ähnliche|lire aussi|lire la suite|à lire|voir aussi|leer más|ver también|lee también|te puede|leggi|potrebbe|lees ook|lees meer|läs mer|läs också|czytaj|zobacz|читайте|ещё|подробнее|devamı|関連|続きを|相关|阅读|más|leia',
  '',
  'by_|von_|par_|por_|di_|da_|door_|av_|od_|yazan_|foto_|photo_|image_|bild_|quelle_|source_|credit_',
  'tag_|tags_|categor|kategorie|schlag|stichw|themen_|topic_|topics_|filed under_|mots-clés_|etiquetas_|abgelegt_|posted in_|keyword_|keywords_',
  'home_|menu_|search_|suche_|login_|log in_|anmelden_|register_|contact_|kontakt_|back_|next_|previous_|zurück_|weiter_|top_|nach oben_|print_|drucken_|email_|e-mail_|skip to_',
]

/** Number of kinds of phrases. */
export const phraseKinds = atStart.length
const rights = 1
const comments = 1 << 3
const bylines = 1 << 4

const dateAndTime = /\b(?:19|20)\d\d\b.{0,12}\d{1,2}:\d\d/
const date = /^[^a-z\d_]{0,3}\d{1,2}[./-]\s?(?:\d{1,2}|[a-z\u00aa-\uffff]{3,10})[./-]?\s?\d{2,4}/

let table: WordTable | null = null
let starts: Map<number, Starts> | null = null

/** Words with the same first character. */
interface Starts {
  readonly words: string[]
  readonly isEnded: boolean[]
  readonly bits: number[]
}

/** Bits of the kinds of phrases in a short text, which has so many digits. */
export function phrasesIn(text: string, digits: number): number {
  const lower = text.toLowerCase()
  table ??= new WordTable(anywhere, true)
  starts ??= makeStarts()
  let found = table.find(lower)
  if (lower.includes('©')) found |= rights
  if (lower.includes('评论')) found |= comments
  const possible = starts.get(lower.charCodeAt(0))
  if (possible !== undefined) found |= startOf(lower, possible)
  if (digits > 2) {
    if (digits > 5 && lower.includes(':') && dateAndTime.test(lower)) found |= bylines
    else if (startsWithNumber(lower) && date.test(lower)) found |= bylines
  }
  return found
}

function startOf(text: string, { words, isEnded, bits }: Starts): number {
  let found = 0
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (!text.startsWith(word)) continue
    if (isEnded[index] === true && isWordCode(text.charCodeAt(word.length))) continue
    found |= bits[index] ?? 0
  }
  return found
}

/** After three other characters at most. */
function startsWithNumber(text: string): boolean {
  for (let index = 0; index < 4; index++) {
    const code = text.charCodeAt(index)
    if (code >= 0x30 && code <= 0x39) return true
  }
  return false
}

function makeStarts(): Map<number, Starts> {
  const byFirst = new Map<number, Starts>()
  for (let kind = 0; kind < atStart.length; kind++) {
    for (const word of (atStart[kind] ?? '').split('|')) {
      if (word === '') continue
      const first = word.charCodeAt(0)
      const known = byFirst.get(first) ?? { words: [], isEnded: [], bits: [] }
      const isEnded = word.endsWith('_')
      known.words.push(isEnded ? word.slice(0, -1) : word)
      known.isEnded.push(isEnded)
      known.bits.push(1 << kind)
      byFirst.set(first, known)
    }
  }
  return byFirst
}

function isWordCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
}
