/** The names that strangers may look for; a task prints those that fit it. */
export type FigureName =
  | 'accuracy'
  | 'macroF1'
  | 'spearman'
  | 'rouge1'
  | 'rouge2'
  | 'rougeLsum'
  | 'auc'
  | 'tprAt1PercentFpr'
  | 'f1'

/** One measured number. */
export interface Figure {
  readonly name: FigureName
  /** Of what: a test set, and where there are several, which part of it ("CNN", "first 50 characters"). */
  readonly of: string
  /** Who was measured: "nexus", or the name of a peer or baseline. */
  readonly who: string
  readonly value: number
  /** Examples that it was measured on. */
  readonly count: number
}

/** Measures one model of ours on the `test*.jsonl.gz` files of a folder, and, where asked, its peers beside it. */
export interface Evaluation {
  /** As `--task` names it. */
  readonly task: string
  /** The folder below the data folder that is measured when none is named. */
  readonly folder: string
  run(options: EvaluationOptions): Promise<readonly Figure[]>
}

export interface EvaluationOptions {
  /** Holds `test*.jsonl.gz`; it may be a stranger's. */
  readonly folder: string
  readonly modelsFolder: string
  /** Also measures the peers and baselines that can be measured here. */
  readonly withPeers: boolean
}
