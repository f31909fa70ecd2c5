import type { Clock } from '../../ipc/clock.ts'
import { AudioBusyError } from '../errors.ts'
import type { CodecAnswer, CodecJob, CodecRequest, JobOutput, JobResult } from './job.ts'

/** A thread as it is used here; tests hand in another. */
export interface CodecThread {
  post(request: CodecRequest): void
  onAnswer(listener: (answer: CodecAnswer) => void): void
  /** It ended, by itself or by `end`. */
  onEnd(listener: () => void): void
  end(): void
}

export interface CodecThreadsOptions {
  readonly start: () => CodecThread
  readonly clock: Clock
}

/** One answer takes milliseconds; a thread that is silent for so long hangs. The first answer waits for its start. */
const answerMs = 3_000
const firstAnswerMs = 10_000
/** Jobs at once; each has a thread, and some 30 MB. */
const mostThreads = 8
/** Threads that are kept for the next job. */
const mostIdle = 2

/** The thread hung, died, or failed in a way that is not the file's. */
export class CodecGaveUpError extends Error {
  override readonly name = 'CodecGaveUpError'
}

/** Runs jobs in threads, and ends those that do not answer. */
export class CodecThreads implements Disposable {
  readonly #options: CodecThreadsOptions
  readonly #all = new Set<Conversation>()
  readonly #idle: Conversation[] = []
  #ended = 0

  constructor(options: CodecThreadsOptions) {
    this.#options = options
  }

  get running(): number {
    return this.#all.size
  }

  /** Threads that had to be ended. */
  get ended(): number {
    return this.#ended
  }

  /**
   * Does a job, at the pace at which its outputs are taken. Throws `CodecGaveUpError` when the thread hangs or dies, and
   * AUDIO_BUSY when too many jobs run.
   */
  async *run(job: CodecJob, input: AsyncIterable<Uint8Array>): AsyncGenerator<JobOutput, JobResult, void> {
    const thread = this.#idle.pop() ?? this.#start()
    const source = input[Symbol.asyncIterator]()
    let isOver = false
    let asked = thread.ask({ kind: 'begin', job })
    try {
      let answer = await asked
      for (;;) {
        switch (answer.kind) {
          case 'wants': {
            const next = await source.next()
            asked = thread.ask({ kind: 'input', bytes: next.done === true ? null : next.value })
            answer = await asked
            break
          }
          case 'output':
            // The thread works on while this output is on its way; it is one ahead, no more.
            asked = thread.ask({ kind: 'next' })
            asked.catch(() => {})
            yield answer.output
            answer = await asked
            break
          case 'result':
            isOver = true
            return answer.result
          case 'failed':
          case 'stopped':
            throw new CodecGaveUpError(answer.kind === 'failed' ? answer.problem : 'The job was left')
        }
      }
    } catch (error) {
      if (error instanceof CodecGaveUpError) {
        isOver = true
        // Whatever state it is in, nobody else shall meet it.
        if (thread.end()) this.#ended += 1
      }
      throw error
    } finally {
      if (isOver) this.#release(thread)
      else void this.#leave(thread, asked)
    }
  }

  /** Ends the threads that are kept for later. */
  endIdle(): void {
    for (const thread of [...this.#idle]) thread.end()
  }

  [Symbol.dispose](): void {
    for (const thread of this.#all) thread.end()
  }

  #start(): Conversation {
    if (this.#all.size >= mostThreads)
      throw new AudioBusyError(`${mostThreads} files are being worked on already`)
    const thread = new Conversation(this.#options.start(), this.#options.clock)
    this.#all.add(thread)
    thread.onEnd(() => this.#forget(thread))
    return thread
  }

  /** Whoever wanted the job has gone. */
  async #leave(thread: Conversation, asked: Promise<CodecAnswer>): Promise<void> {
    try {
      const { kind } = await asked
      const isAtWork = kind === 'output' || kind === 'wants'
      if (isAtWork && (await thread.ask({ kind: 'stop' })).kind !== 'stopped') thread.end()
    } catch {
      if (thread.end()) this.#ended += 1
    }
    this.#release(thread)
  }

  #release(thread: Conversation): void {
    if (!this.#all.has(thread)) return
    if (this.#idle.length < mostIdle) this.#idle.push(thread)
    else thread.end()
  }

  #forget(thread: Conversation): void {
    this.#all.delete(thread)
    const place = this.#idle.indexOf(thread)
    if (place >= 0) this.#idle.splice(place, 1)
  }
}

/** One thing asked, one answered, in time. */
class Conversation {
  readonly #thread: CodecThread
  readonly #clock: Clock
  #waiting: PromiseWithResolvers<CodecAnswer> | null = null
  #onEnd: () => void = () => {}
  #hasAnswered = false
  #isEnded = false

  constructor(thread: CodecThread, clock: Clock) {
    this.#thread = thread
    this.#clock = clock
    thread.onAnswer(answer => {
      this.#hasAnswered = true
      this.#waiting?.resolve(answer)
    })
    thread.onEnd(() => this.#over('The codec died'))
  }

  onEnd(listener: () => void): void {
    this.#onEnd = listener
  }

  async ask(request: CodecRequest): Promise<CodecAnswer> {
    if (this.#isEnded) throw new CodecGaveUpError('The codec died')
    const waiting = Promise.withResolvers<CodecAnswer>()
    this.#waiting = waiting
    const patienceMs = this.#hasAnswered ? answerMs : firstAnswerMs
    using _late = this.#clock.after(patienceMs, () => waiting.reject(new CodecGaveUpError('The codec hung')))
    this.#thread.post(request)
    return await waiting.promise
  }

  /** Whether it was still there. */
  end(): boolean {
    if (this.#isEnded) return false
    this.#over('The codec was ended')
    this.#thread.end()
    return true
  }

  #over(problem: string): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#waiting?.reject(new CodecGaveUpError(problem))
    this.#onEnd()
  }
}
