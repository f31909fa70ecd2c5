import { type AnalysisStage, analysisStages, type StageReport } from '../../contracts/page-analysis.ts'

export type SegmentState = 'ok' | 'now' | 'wait' | 'bad'

/** One stage on the tape. `weight` is its share of the width. */
export interface Segment {
  readonly stage: AnalysisStage
  readonly state: SegmentState
  readonly milliseconds: number | null
  readonly weight: number
}

/** A stage that took no time still shows. */
const leastShare = 0.03

/** The first stage that has not finished, or null when all have. */
export function nextStage(finished: readonly StageReport[]): AnalysisStage | null {
  return analysisStages.find(stage => !finished.some(report => report.stage === stage)) ?? null
}

/**
 * The stages in order. When all have finished, the widths are their times; before that they are equal, because a guess
 * would make the tape jump.
 */
export function tapeOf(finished: readonly StageReport[], outcome: 'running' | 'done' | 'failed'): Segment[] {
  const current = nextStage(finished)
  const total = finished.reduce((sum, report) => sum + report.milliseconds, 0)
  return analysisStages.map(stage => {
    const report = finished.find(candidate => candidate.stage === stage)
    const milliseconds = report?.milliseconds ?? null
    const weight =
      outcome === 'done' && total > 0
        ? Math.max(leastShare, (milliseconds ?? 0) / total)
        : 1 / analysisStages.length
    return { stage, state: stateOf(report !== undefined, stage === current, outcome), milliseconds, weight }
  })
}

function stateOf(
  isFinished: boolean,
  isCurrent: boolean,
  outcome: 'running' | 'done' | 'failed',
): SegmentState {
  if (isFinished || outcome === 'done') return 'ok'
  if (!isCurrent) return 'wait'
  return outcome === 'failed' ? 'bad' : 'now'
}

/** Milliseconds of one stage, or null. */
export function stageTime(stages: readonly StageReport[], stage: AnalysisStage): number | null {
  return stages.find(report => report.stage === stage)?.milliseconds ?? null
}
