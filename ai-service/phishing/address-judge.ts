import type { Judgement, JudgementFacts } from '../../contracts/judgement.ts'
import { ModelUnavailableError } from '../models/errors.ts'
import type { ModelManager } from '../models/manager.ts'
import { AddressModel } from './address-model.ts'
import { decide, type ModelOpinion } from './decide.ts'

/**
 * Judges whether a page is likely to pretend to be another. Without its model the rules judge alone, and the judgement
 * says so.
 */
export class AddressJudge {
  readonly #model: AddressModel

  constructor(models: ModelManager) {
    this.#model = new AddressModel(models)
  }

  async judge(facts: JudgementFacts): Promise<Judgement> {
    const { opinion, modelMissing } = await this.#opinion(facts.url)
    return { ...decide(facts, opinion), probability: opinion?.probability ?? null, modelMissing }
  }

  async #opinion(url: string): Promise<{ opinion: ModelOpinion | null; modelMissing: string | null }> {
    try {
      return { opinion: await this.#model.assess(url), modelMissing: null }
    } catch (error) {
      if (!(error instanceof ModelUnavailableError)) throw error
      return { opinion: null, modelMissing: error.message.slice(0, 2_000) }
    }
  }
}
