import { join } from 'node:path'
import Type from 'typebox'
import { type Passage, splitPassages } from '../../embedding/passages.ts'
import { below, type Random } from '../../random.ts'
import { readDocument } from '../../text/document.ts'
import { createPace } from '../../text/pace.ts'
import { readRows } from '../read-rows.ts'
import { questionsOf } from './questions.ts'

/** A question put to a page. */
export interface AskedPage {
  readonly source: string
  readonly question: string
  readonly passages: readonly Passage[]
  /** Passages that hold the answer; none when the page does not. */
  readonly answers: ReadonlySet<number>
}

const Paragraph = Type.Object({ text: Type.String(), src: Type.String() })
const Pair = Type.Object({ a: Type.String(), b: Type.String(), label: Type.Number(), src: Type.String() })

const otherTexts = 6

/**
 * Questions of MedQuAD and questions made from DBpedia paragraphs, each put to a page of seven texts of its source
 * with the one that answers, and to one without it.
 */
export async function readAskedPages(dataFolder: string, random: Random): Promise<AskedPage[]> {
  const folder = join(dataFolder, 'embeddings')
  const medical = readRows(join(folder, 'train_pairs.jsonl.gz'), Pair).filter(row => row.src === 'medquad')
  const encyclopaedia = readRows(join(folder, 'corpus_en.jsonl.gz'), Paragraph)
    .filter(row => row.src === 'dbpedia')
    .slice(0, 1_500)
  const asked: AskedPage[] = []
  const pageOf = async (texts: readonly string[]): Promise<Passage[]> =>
    splitPassages(
      await readDocument({ title: '', paragraphs: texts }, 'en', createPace(new AbortController().signal)),
      100,
    )
  const add = async (
    source: string,
    question: string,
    text: string,
    others: readonly string[],
    isAnswered: boolean,
  ) => {
    const place = below(random, others.length + 1)
    const texts = [...others.slice(0, place), text, ...others.slice(place)]
    const passages = await pageOf(texts)
    const held = passages.flatMap((passage, index) => (holds(passage, place, text) ? [index] : []))
    asked.push({ source, question, passages, answers: new Set(isAnswered ? held : []) })
    asked.push({ source, question, passages: await pageOf(others), answers: new Set() })
  }
  const draw = (texts: readonly string[], not: string): string[] =>
    Array.from({ length: otherTexts }, () => texts[below(random, texts.length)] ?? '').filter(
      text => text !== not,
    )

  const answers = medical.map(row => row.b)
  for (const { a, b } of medical.slice(0, 900)) await add('MedQuAD', a, b, draw(answers, b), true)
  const paragraphs = encyclopaedia.map(row => row.text)
  for (const text of paragraphs) {
    for (const { question, isAnswered } of questionsOf(text, random)) {
      await add('DBpedia', question, text, draw(paragraphs, text), isAnswered)
    }
  }
  return asked
}

/** Passages of short texts may begin in the text before. */
function holds(passage: Passage, paragraph: number, text: string): boolean {
  return passage.paragraph === paragraph || passage.text.includes(text.slice(0, 60))
}
