import { shippingLicenceOf } from './licences.ts'
import type { Row } from './rows.ts'

/** Serbian writes each sound alike in both of its alphabets, so that Cyrillic turns into Latin letter by letter. */
const latinOf: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  ђ: 'đ',
  е: 'e',
  ж: 'ž',
  з: 'z',
  и: 'i',
  ј: 'j',
  к: 'k',
  л: 'l',
  љ: 'lj',
  м: 'm',
  н: 'n',
  њ: 'nj',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  ћ: 'ć',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'č',
  џ: 'dž',
  ш: 'š',
}

/** Adds to the rows those in Serbian Cyrillic once more in Latin, of which there is too little to tell it from Croatian. */
export function withSerbianInLatin(rows: readonly Row[]): Row[] {
  const latin = rows
    .filter(
      row => row.lang === 'sr' && shippingLicenceOf(row.src) !== null && /[\u0400-\u04ff]/.test(row.text),
    )
    .map(row => ({ ...row, text: latinised(row.text) }))
  return [...rows, ...latin]
}

function latinised(text: string): string {
  return text.replace(/[\u0400-\u04ff]/g, letter => {
    const lower = letter.toLowerCase()
    const latin = latinOf[lower] ?? letter
    return letter === lower ? latin : latin.charAt(0).toUpperCase() + latin.slice(1)
  })
}
