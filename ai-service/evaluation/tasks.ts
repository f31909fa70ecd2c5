import type { Evaluation } from './figure.ts'

/** Every task by its name; the code of one is loaded only when it is measured. */
export const tasks: Readonly<Record<string, () => Promise<Evaluation>>> = {
  langid: async () => (await import('./langid.ts')).langidEvaluation,
  topics: async () => (await import('./topics.ts')).topicsEvaluation,
  embeddings: async () => (await import('./embeddings.ts')).embeddingsEvaluation,
  summary: async () => (await import('./summary.ts')).summaryEvaluation,
  keywords: async () => (await import('./keywords.ts')).keywordsEvaluation,
  omnibox: async () => (await import('./omnibox.ts')).omniboxEvaluation,
  phishing: async () => (await import('./phishing.ts')).phishingEvaluation,
  content: async () => (await import('./content.ts')).contentEvaluation,
}
