import { below, type Random } from '../../random.ts'

/** A question, and whether the text that it was made from answers it. */
export interface MadeQuestion {
  readonly question: string
  readonly isAnswered: boolean
}

interface Pattern {
  /** Matches texts that answer; its absence (with `absent`) makes the question unanswerable. */
  readonly answered: RegExp
  readonly absent: RegExp
  readonly questions: readonly string[]
}

const patterns: readonly Pattern[] = [
  {
    answered: /\bborn (?:on |in )?(?:\w+ ){0,2}\d/,
    absent: /\bborn\b|\d{4}/,
    questions: ['When was X born?', 'What year was X born in?', 'when is the birthday of X', 'How old is X?'],
  },
  {
    answered: /\b(?:founded|established|formed|started)\b.{0,40}\b(?:1[6-9]|20)\d\d\b/,
    absent: /\d{4}/,
    questions: [
      'When was X founded?',
      'In what year did X begin?',
      'since when does X exist',
      'When was X established?',
    ],
  },
  {
    answered: /\b(?:released|published|aired|premiered)\b.{0,40}\b(?:1[6-9]|20)\d\d\b/,
    absent: /\d{4}/,
    questions: ['When did X come out?', 'What was the release date of X?', 'When was X released?'],
  },
  {
    answered: /\b(?:built|constructed|completed|opened)\b.{0,40}\b(?:1[0-9]|20)\d\d\b/,
    absent: /\d{4}/,
    questions: ['When was X built?', 'How old is X?', 'In which year was X completed?'],
  },
  {
    answered: /\b(?:located|based|headquartered|situated|village|town) in\b/,
    absent: /\b(?:in|at|near|from) [A-Z]/,
    questions: ['Where is X?', 'Where is X located?', 'In which country can I find X?', 'where to find X'],
  },
  {
    answered: /\b(?:written|directed|designed|created|composed|produced|invented) by\b/,
    absent: /\bby\b|\bcreated\b|\bauthor\b|\bdesigner?\b/,
    questions: ['Who made X?', 'Who is behind X?', 'Who is the creator of X?', 'By whom was X created?'],
  },
  {
    answered: /\bpopulation (?:of|was|is)\b/,
    absent: /\bpopulation\b|\bpeople\b|\binhabitants\b/,
    questions: [
      'How many people live in X?',
      'What is the population of X?',
      'How many inhabitants does X have?',
    ],
  },
  {
    answered: /\b(?:played|plays) (?:for|as)\b/,
    absent: /\bplay|\bteam|\bclub/,
    questions: ['Which team does X play for?', 'What position did X play?', 'For which club did X play?'],
  },
]

const subjectPattern = /^(?:The )?([A-Z][^,.;(]{2,60}?) (?:\(|is|was|are|were)\b/

/** What a reader may call the subject of a page: its name, the end of it, or what it is ("the village"). */
function namesOf(subject: string, paragraph: string): string[] {
  const names = [subject, subject.split(' ').at(-1) ?? subject]
  const kind =
    / (?:is|was) (?:an?|the) ((?:[a-z-]+ ){0,3}?[a-z]+)(?= (?:in|of|by|from|for|that|which|who|and|based|located|[.,(])| [A-Z\d])/.exec(
      paragraph,
    )?.[1]
  if (kind !== undefined) names.push(`the ${kind.split(' ').at(-1) ?? kind}`)
  return names
}

/** Questions about the subject of an encyclopaedia's paragraph, some that it answers and one that it does not. */
export function questionsOf(paragraph: string, random: Random): MadeQuestion[] {
  const subject = subjectPattern.exec(paragraph)?.[1]?.trim()
  if (subject === undefined) return []
  const names = namesOf(subject, paragraph)
  const ask = (questions: readonly string[]): string =>
    (questions[below(random, questions.length)] ?? '').replace(
      'X',
      names[below(random, names.length)] ?? subject,
    )
  const made = patterns
    .filter(({ answered }) => answered.test(paragraph))
    .map(({ questions }) => ({ question: ask(questions), isAnswered: true }))
  const plain = /\bborn\b/.test(paragraph)
    ? ['Who is X?', 'Who was X?', 'What is X known for?']
    : ['What is X?', 'What does X mean?', 'Tell me about X']
  made.push({ question: ask(plain), isAnswered: true })
  const missing = patterns.filter(({ absent }) => !absent.test(paragraph))
  const pattern = missing[below(random, missing.length)]
  if (pattern !== undefined) made.push({ question: ask(pattern.questions), isAnswered: false })
  return made
}
