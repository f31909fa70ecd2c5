import { join } from 'node:path'
import Type, { type Static, type TSchema } from 'typebox'
import { readRows } from '../read-rows.ts'

/** Texts of people from data sets whose licence allows a shipped model, by what they are in an omnibox. */
export interface PeoplesTexts {
  readonly searches: readonly string[]
  readonly questions: readonly string[]
  /** Titles and headlines, of which searches are made. */
  readonly titles: readonly string[]
}

const Omnibox = Type.Object({ text: Type.String(), kind: Type.String(), src: Type.String() })
const Utterance = Type.Object({ text: Type.String(), intent: Type.String() })
const Pair = Type.Object({ a: Type.String(), src: Type.String() })
const Topic = Type.Object({ title: Type.String(), text: Type.String(), src: Type.String() })

/** What a browser could be meant by, or what nobody types: neither a search nor a question for sure. */
const leftOut =
  /^(?:audio_volume|play_|email_|music_|general_|PlayMusic$|change_volume|reset_settings|next_song|translate|update_playlist|change_language|cancel|repeat|yes|no|maybe|oos|greeting|goodbye|thank_you|whisper_mode|change_speed|smart_home)/

/** Sources of `omnibox_train` that may be used: NQ (CC BY-SA 3.0) and query-wellformedness (CC BY-SA 4.0). */
const omniboxSources = new Set(['nq-dev', 'query-wellformedness'])
/** Inshorts (CC0), HuffPost (CC BY 4.0), based.cooking (public domain), WANDS (MIT), 20 Newsgroups (public). */
const titleSources = new Set(['inshorts', 'huffpost', 'based.cooking', 'wands-query', '20ng'])

export function readPeoplesTexts(dataFolder: string): PeoplesTexts {
  const rows = <T extends TSchema>(file: string, schema: T): Static<T>[] =>
    readRows(join(dataFolder, file), schema)
  const omnibox = rows('intents/omnibox_train.jsonl.gz', Omnibox).filter(row => omniboxSources.has(row.src))
  const utterances = ['clinc_train', 'banking77_train', 'hwu64_train', 'snips_train']
    .flatMap(name => rows(`intents/${name}.jsonl.gz`, Utterance))
    .filter(row => !leftOut.test(row.intent))
    .map(row => row.text)
  const pairs = rows('embeddings/train_pairs.jsonl.gz', Pair)
  const topics = rows('topics/train.jsonl.gz', Topic)
  return {
    searches: [
      ...omnibox.filter(row => row.kind === 'search').map(row => row.text),
      ...topics.filter(row => row.src === 'wands-query').map(row => row.title),
      ...utterances.filter(text => !isQuestion(text)),
    ],
    questions: [
      ...omnibox.filter(row => row.kind === 'question').map(row => row.text),
      ...pairs.filter(row => row.src === 'medquad').map(row => row.a),
      ...utterances.filter(isQuestion),
    ],
    titles: [
      ...topics.filter(row => titleSources.has(row.src)).map(row => row.title),
      ...topics.filter(row => row.src === 'dbpedia').map(row => subjectOf(row.text)),
    ].filter(title => title !== ''),
  }
}

/** By its first word or its question mark, as the data set decides for its logs. */
export function isQuestion(text: string): boolean {
  return (
    text.trimEnd().endsWith('?') ||
    /^(?:who|whos|what|whats|when|where|wheres|which|why|how|hows|whose|whom|is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|am)\b/i.test(
      text.replace(/['’]/g, ''),
    )
  )
}

/** What an encyclopaedia's first sentence is about: the words before its verb. */
function subjectOf(text: string): string {
  const subject = /^(?:The |An? )?(.{3,40}?) (?:is|was|are|were|has|\()/.exec(text)?.[1] ?? ''
  return subject.split(' ').length <= 5 ? subject : ''
}
