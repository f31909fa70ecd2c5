import type { Token } from '../words.ts'

/**
 * What announces a text's point ("in this paper we show"), in the languages most read. Elsewhere nothing is a cue and
 * the other features decide (Edmundson 1969 found cues and position to matter most).
 */
const cues = [
  /\b(?:we|this (?:paper|work|article|study|report|survey|post|page)|our (?:method|approach|results?|model|experiments)|the (?:paper|article|study|report)) (?:also |then |further |first |thus )?(?:propose|present|introduce|show|describe|develop|demonstrate|find|found|investigate|study|explore|provide|suggest|argue|explain|examine|report|reveal|review|aim|offer)s?/iu,
  /\bin (?:this (?:paper|work|article|study|report)|summary|conclusion|short)\b|\bto (?:sum up|summari[sz]e|conclude)\b/iu,
  /\bin (?:dieser arbeit|diesem (?:artikel|beitrag)|kürze)\b|\b(?:wir (?:zeigen|stellen)|zusammenfassend|insgesamt)\b/iu,
  /\bdans (?:cet article|ce (?:travail|rapport|texte))\b|\b(?:nous (?:proposons|présentons|montrons)|en (?:résumé|conclusion|bref))\b/iu,
  /\ben este (?:artículo|trabajo|estudio|informe)\b|\b(?:en (?:resumen|conclusión)|proponemos|presentamos|mostramos)\b/iu,
  /\bneste (?:artigo|trabalho|estudo)\b|\b(?:em (?:resumo|conclusão)|propomos|apresentamos|mostramos)\b/iu,
  /\bin questo (?:articolo|lavoro|studio)\b|\b(?:in (?:sintesi|conclusione)|proponiamo|presentiamo|mostriamo)\b/iu,
  /本文|本研究|总之|總之|综上|本論文|要約/u,
  /в (?:этой|данной) (?:работе|статье)|мы (?:предлагаем|показываем|представляем)|в заключение|таким образом/iu,
]

export function hasCue(text: string): boolean {
  const start = text.slice(0, 600)
  return cues.some(cue => cue.test(start))
}

/** Words at the start of a sentence that leans on the one before: pronouns, demonstratives, connectives. */
const continuations = new Set(
  (
    'he she it they this that these those his her its their but and however so then also yet still such moreover furthermore therefore thus instead meanwhile ' +
    'er sie es dies diese dieser dieses das aber und doch jedoch so dann auch deshalb daher dennoch außerdem dabei ' +
    'il elle ils elles ce cela cette ces mais et cependant ainsi aussi puis toutefois ' +
    'él ella ellos ellas este esta esto estos estas eso pero y sin también además así entonces ' +
    'ele ela eles elas isso isto mas e porém também assim ' +
    'egli lui lei loro questo questa ciò ma e però inoltre anche così quindi ' +
    'hij zij ze het dit deze dat die maar en echter ook dan dus ' +
    'han hon den det de detta dette denne men och og også dock ' +
    'on ona ono oni to ten ta te ale i jednak także a však tento tato ' +
    'он она оно они это этот эта эти но и однако также поэтому а він вона вони це але та ' +
    'bu şu o bunlar ama ve ancak fakat ayrıca ' +
    'se tämä nämä ne mutta ja myös kuitenkin'
  ).split(' '),
)

export function opensLikeContinuation(tokens: readonly Token[]): boolean {
  const first = tokens[0]
  return first !== undefined && continuations.has(first.folded)
}
