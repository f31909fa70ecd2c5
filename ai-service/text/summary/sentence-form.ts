/** Ends of sentences in the scripts of the world, with closing quotes and brackets after them. */
const endsInMark = /[.!?…。！？।॥։።؟۔။៕๚|][\s"'”’»›)\]）」』]*$/u
/** Thai and Lao end sentences with a space; many pages leave out the last point. */
const endsInLetter = /[\p{L}\p{M}]$/u
const asks = /[?？؟][\s"'”’»›)\]）」』]*$/u
const quotes = /["“”„«»「」『』‹›]/u
const opensWithQuote = /^[\s([]*["“„«「『‹'‘]/u
const opensWithDash = /^\s*[-–—•*·]/u

/** What a sentence looks like, by its marks alone: the same in every language. */
export interface SentenceForm {
  readonly endsInMark: boolean
  readonly endsInLetter: boolean
  readonly asks: boolean
  readonly quotes: boolean
  readonly opensWithQuote: boolean
  readonly opensWithDash: boolean
}

export function sentenceForm(text: string): SentenceForm {
  return {
    endsInMark: endsInMark.test(text),
    endsInLetter: endsInLetter.test(text),
    asks: asks.test(text),
    quotes: quotes.test(text),
    opensWithQuote: opensWithQuote.test(text),
    opensWithDash: opensWithDash.test(text),
  }
}
