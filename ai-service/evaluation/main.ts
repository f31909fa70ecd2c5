/**
 * `npm run eval`: how good the models are that ship, beside their peers, on the test sets or on a stranger's.
 * See `usage` in arguments.ts.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EvaluationArgumentsError, type EvaluationPlan, readArguments, usage } from './arguments.ts'
import type { Figure } from './figure.ts'
import { tasks } from './tasks.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))

interface Outcome {
  readonly task: string
  readonly folder: string
  readonly seconds: number
  readonly figures: readonly Figure[]
  /** Why it could not be measured; null when it was. */
  readonly problem: string | null
}

try {
  const plan = readArguments(
    process.argv.slice(2),
    process.env.NEXUS_CALLED_FROM ?? process.cwd(),
    Object.keys(tasks),
    { dataFolder: join(project, '..', 'shared', 'data'), modelsFolder: join(project, 'assets', 'models') },
  )
  const outcomes: Outcome[] = []
  for (const { name, folder } of plan.tasks) {
    const outcome = await measure(plan, name, folder)
    outcomes.push(outcome)
    print(outcome)
  }
  if (plan.isJson) console.log(JSON.stringify({ evaluation: 'nexus', tasks: outcomes }))
  process.exit(outcomes.some(outcome => outcome.problem !== null) ? 1 : 0)
} catch (error) {
  if (!(error instanceof EvaluationArgumentsError)) throw error
  console.error(`${error.message}\n${usage}`)
  process.exit(2)
}

/** A task that fails is told of, and the others are measured. */
async function measure(plan: EvaluationPlan, task: string, given: string | null): Promise<Outcome> {
  const startedMs = performance.now()
  const seconds = (): number => Math.round((performance.now() - startedMs) / 100) / 10
  let folder = given ?? plan.dataFolder
  try {
    const evaluation = await tasks[task]?.()
    if (evaluation === undefined) throw new Error(`There is no task "${task}"`)
    folder = given ?? join(plan.dataFolder, evaluation.folder)
    const figures = await evaluation.run({
      folder,
      modelsFolder: plan.modelsFolder,
      withPeers: plan.withPeers,
    })
    // Of no examples there is no figure.
    const measured = figures.filter(({ value, count }) => count > 0 && Number.isFinite(value))
    const problem = measured.length === 0 ? `${folder} holds no rows that can be measured` : null
    return { task, folder, seconds: seconds(), figures: measured, problem }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { task, folder, seconds: seconds(), figures: [], problem }
  }
}

function print({ task, folder, seconds, figures, problem }: Outcome): void {
  console.log(`\n${task}: ${folder} (${seconds} s)`)
  if (problem !== null) console.log(`  not measured: ${problem}`)
  else {
    console.table(
      figures.map(({ name, of, who, value, count }) => ({
        of,
        figure: name,
        who,
        value: Number(value.toFixed(4)),
        examples: count,
      })),
    )
  }
}
