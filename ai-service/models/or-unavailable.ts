import type { Unavailable } from '../../contracts/page-analysis.ts'
import { ModelUnavailableError } from './errors.ts'

/** The answer, or why there is none: a model that cannot be used costs its own answer, nothing else. */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T | Unavailable> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ModelUnavailableError)) throw error
    return { kind: 'unavailable', code: error.code, message: error.message }
  }
}

/** The answer of a model, or of what serves without one where it cannot be used. */
export async function orElse<T>(work: () => Promise<T>, without: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ModelUnavailableError)) throw error
    return await without()
  }
}
