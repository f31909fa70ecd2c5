/** What the words of one block tell, whatever its language. */
export interface BlockText {
  /** Characters, where one of a script that writes words in one or two counts as several. */
  readonly weight: number
  readonly words: number
  readonly linkShare: number
  readonly sentenceEnds: number
  readonly commas: number
  readonly endsSentence: boolean
  readonly digitShare: number
  readonly upperShare: number
  readonly separators: number
  /** Bits of `phrases`. */
  readonly phrases: number
  /** Whether it reads like running text. */
  readonly isProse: boolean
}

/** Things that pages say around their content, in the languages that most of them are in. */
export const phrases: readonly RegExp[] = [
  /©|\(c\) ?\d|copyright|all rights|rechte vorbehalten|tous droits|derechos reservados|impressum|imprint|datenschutz|privacy|cookie|confidentialit|terms of|nutzungsbeding|powered by|mentions légales/i,
  /facebook|twitter|whatsapp|pinterest|linkedin|instagram|share this|teilen|partager|compartir|condividi|поделиться|newsletter|subscribe|abonn|suscr|iscriv|follow us|rss/i,
  /^(?:read (?:more|also|next)|see also|more (?:from|on|news|about)|also (?:read|on)|related|you (?:may|might)|recommended|weiterlesen|mehr (?:zum|lesen|aus)|lesen sie|lesetipp|auch interessant|das könnte|ähnliche|lire (?:aussi|la suite)|à lire|voir aussi|leer más|ver también|lee también|te puede|leggi|potrebbe|lees (?:ook|meer)|läs (?:mer|också)|czytaj|zobacz|читайте|ещё|подробнее|devamı|関連|続きを|相关|阅读|más|leia)/i,
  /\b(?:comments?|repl(?:y|ies)|kommentare?|antworten|commentaires?|répondre|comentarios?|responder|commenti|rispondi|reacties?|kommentarer|комментар\S*|yorum\S*)\b|コメント|评论/i,
  /^(?:by|von|par|por|di|da|door|av|od|автор|yazan|foto|photo|image|bild|quelle|source|credit)\b|\b(?:19|20)\d\d\b.{0,12}\d{1,2}:\d\d|^\W{0,3}\d{1,2}[./-]\s?(?:\d{1,2}|\p{L}{3,10})[./-]?\s?\d{2,4}|\b(?:published|posted|updated|veröffentlicht|aktualisiert|publié|publicado|pubblicato)\b/iu,
  /^(?:tags?|categor\S*|kategorie\S*|schlag\S*|stichw\S*|themen|topics?|filed under|mots-clés|etiquetas|abgelegt|posted in|keywords?)\b/i,
  /^(?:home|menu|menü|search|suche|login|log in|anmelden|register|contact|kontakt|back|next|previous|zurück|weiter|top|nach oben|print|drucken|e-?mail|skip to)\b/i,
]

const wide = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/g
const anyWide = /[\u0e00-\uffff]/

/** Text beyond this tells nothing new. */
const mostLookedAt = 2_000

export function describeText(text: string, linkCharacters: number): BlockText {
  const part = text.length > mostLookedAt ? text.slice(0, mostLookedAt) : text
  const wideCharacters = anyWide.test(part) ? (part.match(wide)?.length ?? 0) : 0
  let words = 1
  let ends = 0
  let commas = 0
  let digits = 0
  let upper = 0
  let separators = 0
  for (let index = 0; index < part.length; index++) {
    const code = part.charCodeAt(index)
    if (code === 0x20) words++
    else if (code >= 0x61 && code <= 0x7a) continue
    else if (code >= 0x41 && code <= 0x5a) upper++
    else if (code >= 0x30 && code <= 0x39) digits++
    else if (code === 0x2c || code === 0x3001 || code === 0xff0c || code === 0x60c) commas++
    else if (isEnd(code)) {
      // A full stop inside of a number or an address ends nothing.
      const next = part.charCodeAt(index + 1)
      if (code !== 0x2e || Number.isNaN(next) || next === 0x20 || next === 0x22 || next > 0x2000) ends++
    } else if (code === 0x7c || code === 0xbb || code === 0x203a || code === 0xb7 || code === 0x2022)
      separators++
  }
  const length = Math.max(1, part.length)
  const weight = text.length * (1 + (1.6 * wideCharacters) / length)
  const linkShare = text.length === 0 ? 0 : Math.min(1, linkCharacters / text.length)
  let found = 0
  if (text.length < 200) {
    for (const [index, pattern] of phrases.entries()) if (pattern.test(part)) found |= 1 << index
  }
  return {
    weight,
    words: words * (text.length / length) + wideCharacters / 2,
    linkShare,
    sentenceEnds: ends,
    commas,
    endsSentence: endsSentence.test(part.slice(-3)),
    digitShare: digits / length,
    upperShare: upper / length,
    separators,
    phrases: found,
    isProse: weight >= 70 && linkShare < 0.45 && ends + commas > 0 && separators < 4,
  }
}

const endsSentence = /[.!?。！？…؟।:;][^\p{L}\p{N}]{0,2}$/u

function isEnd(code: number): boolean {
  return (
    code === 0x2e ||
    code === 0x21 ||
    code === 0x3f ||
    code === 0x3002 ||
    code === 0xff01 ||
    code === 0xff1f ||
    code === 0x61f ||
    code === 0x964 ||
    code === 0x6d4
  )
}
