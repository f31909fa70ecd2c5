import type { CodecAnswer, CodecJob, CodecRequest, JobOutput, JobResult } from './job.ts'

type Run = (job: CodecJob, input: AsyncIterable<Uint8Array>) => AsyncGenerator<JobOutput, JobResult, void>

/** The job was left while it waited for input. */
class LeftError extends Error {
  override readonly name = 'LeftError'
}

/** The side of the thread: one job at a time, one answer for each request. */
export class JobServer {
  readonly #run: Run
  readonly #answer: (answer: CodecAnswer) => void
  #job: AsyncGenerator<JobOutput, JobResult, void> | null = null
  #input: PromiseWithResolvers<IteratorResult<Uint8Array, undefined>> | null = null

  constructor(run: Run, answer: (answer: CodecAnswer) => void) {
    this.#run = run
    this.#answer = answer
  }

  receive(request: CodecRequest): void {
    switch (request.kind) {
      case 'begin':
        this.#job = this.#run(request.job, { [Symbol.asyncIterator]: () => ({ next: () => this.#want() }) })
        void this.#step()
        break
      case 'input':
        this.#give(
          request.bytes === null ? { done: true, value: undefined } : { done: false, value: request.bytes },
        )
        break
      case 'next':
        void this.#step()
        break
      case 'stop':
        void this.#leave()
        break
    }
  }

  #want(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#input = Promise.withResolvers()
    this.#answer({ kind: 'wants' })
    return this.#input.promise
  }

  #give(result: IteratorResult<Uint8Array, undefined>): void {
    this.#input?.resolve(result)
    this.#input = null
  }

  async #step(): Promise<void> {
    const job = this.#job
    if (job === null) return
    try {
      const next = await job.next()
      if (next.done === true) {
        this.#job = null
        this.#answer({ kind: 'result', result: next.value })
      } else {
        this.#answer({ kind: 'output', output: next.value })
      }
    } catch (error) {
      this.#job = null
      if (error instanceof LeftError) this.#answer({ kind: 'stopped' })
      else this.#answer({ kind: 'failed', problem: error instanceof Error ? error.message : String(error) })
    }
  }

  async #leave(): Promise<void> {
    if (this.#input !== null) {
      // The step that waits for it ends, and says so.
      this.#input.reject(new LeftError())
      this.#input = null
      return
    }
    // What a codec throws while it cleans up is of no use to anybody.
    await this.#job?.return({ kind: 'whole', frames: 0 }).catch(() => {})
    this.#job = null
    this.#answer({ kind: 'stopped' })
  }
}
