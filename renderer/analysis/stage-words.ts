import type { AnalysisStage } from '../../contracts/page-analysis.ts'

/** A stage as a noun for lists, and as what is being done for the line above the tape. */
export function stageWords(stage: AnalysisStage): { readonly name: string; readonly doing: string } {
  switch (stage) {
    case 'read':
      return { name: 'Read the page', doing: 'Reading the page' }
    case 'language':
      return { name: 'Language', doing: 'Identifying the language' }
    case 'topic':
      return { name: 'Topic', doing: 'Naming the topic' }
    case 'summary':
      return { name: 'Summary', doing: 'Choosing the summary' }
    case 'keywords':
      return { name: 'Keywords', doing: 'Finding keywords' }
    case 'entities':
      return { name: 'Names', doing: 'Finding names' }
    case 'readingTime':
      return { name: 'Reading time', doing: 'Counting words' }
    case 'passages':
      return { name: 'Passages', doing: 'Remembering what it means' }
  }
}

/** What to say of a failed analysis. The code decides; the message of the service is the last resort. */
export function failureWords(
  code: string,
  message: string,
): { readonly title: string; readonly text: string } {
  switch (code) {
    case 'NOTHING_TO_READ':
      return {
        title: 'Nothing to read on this page',
        text: 'It holds no text of its own: perhaps an image, a video or a document of another kind.',
      }
    case 'PROCESS_TERMINATED':
    case 'TARGET_UNAVAILABLE':
      return {
        title: 'The reader stopped',
        text: 'A process that takes part in the analysis ended. It is restarted by itself; then try again.',
      }
    case 'PAGE_GONE':
      return {
        title: 'The page changed',
        text: 'It was replaced by another while it was being read. Try again once it has loaded.',
      }
    case 'TIMEOUT':
      return {
        title: 'The analysis took too long',
        text: 'It was stopped so that it does not keep the computer busy.',
      }
    case 'CANCELLED':
      return { title: 'Analysis stopped', text: 'Nothing was kept of what had been read so far.' }
    case 'MESSAGE_TOO_LARGE':
      return {
        title: 'This page is too large to read',
        text: 'It holds more text than one message may carry.',
      }
    default:
      return { title: 'The page could not be analysed', text: message }
  }
}
