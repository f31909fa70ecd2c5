import type { AnyStateMachine, AnyStateNode } from 'xstate'

/** A drawing, and what it shows. */
export interface MachineDrawing {
  readonly title: string
  /** A Mermaid diagram, without its fence. */
  readonly diagram: string
}

/** Draws a machine from its code: one diagram, or one for each of its regions where several states hold at once. */
export function drawMachine(title: string, machine: AnyStateMachine): MachineDrawing[] {
  const { root } = machine
  if (root.type !== 'parallel') return [{ title, diagram: diagramOf(root) }]
  return Object.values(root.states).map(region => ({
    title: `${title}: ${region.key}`,
    diagram: diagramOf(region),
  }))
}

function diagramOf(node: AnyStateNode): string {
  // Arrows come last: a state that an arrow names within a whole is taken for a part of it.
  return ['stateDiagram-v2', ...statesOf(node, node, '  '), ...arrowsWithin(node, node)].join('\n')
}

/** The states that stand within one, each with those within it. */
function statesOf(node: AnyStateNode, drawn: AnyStateNode, indent: string): string[] {
  const lines: string[] = []
  const initial = node.initial?.target?.[0]
  if (initial !== undefined) lines.push(`${indent}[*] --> ${nameOf(initial, drawn)}`)
  if (arrowsFrom(node, drawn).length > 0) lines.push(`${indent}state "any state" as ${anyOf(node, drawn)}`)
  for (const child of Object.values(node.states)) {
    const declared = `${indent}state "${child.key}" as ${nameOf(child, drawn)}`
    if (isWhole(child)) lines.push(`${declared} {`, ...statesOf(child, drawn, `${indent}  `), `${indent}}`)
    else lines.push(declared)
  }
  return lines
}

function arrowsWithin(node: AnyStateNode, drawn: AnyStateNode): string[] {
  return [
    ...arrowsFrom(node, drawn),
    ...(node.type === 'final' ? [`  ${nameOf(node, drawn)} --> [*]`] : []),
    ...Object.values(node.states).flatMap(child => arrowsWithin(child, drawn)),
  ]
}

function isWhole(node: AnyStateNode): boolean {
  return Object.keys(node.states).length > 0
}

/** Everything that leads from a state to another, one arrow for each that it leads to. */
function arrowsFrom(node: AnyStateNode, drawn: AnyStateNode): string[] {
  const causes = new Map<string, string[]>()
  const transitions = [...[...node.transitions.values()].flat(), ...(node.always ?? [])]
  for (const { target, eventType, guard } of transitions) {
    for (const one of target ?? []) {
      const to = nameOf(one, drawn)
      const cause = `${causeOf(eventType, node)}${conditionOf(guard)}`.trim()
      const known = causes.get(to) ?? []
      if (!known.includes(cause)) causes.set(to, [...known, cause])
    }
  }
  // A diagram has no arrow from a whole to a part of itself: what holds in every state starts at a state of its own.
  const from = isWhole(node) ? anyOf(node, drawn) : nameOf(node, drawn)
  return [...causes].map(([to, why]) => {
    const words = why.filter(one => one !== '').join(', ')
    return `  ${from} --> ${to}${words === '' ? '' : ` : ${words}`}`
  })
}

/** A state's name, with those that it stands in where there are any within the drawing. */
function nameOf(node: AnyStateNode, drawn: AnyStateNode): string {
  return node.path.slice(drawn.path.length).join('_')
}

function anyOf(node: AnyStateNode, drawn: AnyStateNode): string {
  return [nameOf(node, drawn), 'any'].filter(part => part !== '').join('_')
}

const afterPrefix = 'xstate.after.'

function causeOf(eventType: string, node: AnyStateNode): string {
  if (eventType.startsWith(afterPrefix))
    return `after ${eventType.slice(afterPrefix.length, -(node.id.length + 1))}`
  if (eventType.startsWith('xstate.done.')) return 'done'
  if (eventType.startsWith('xstate.error.')) return 'error'
  return eventType
}

function conditionOf(guard: unknown): string {
  if (typeof guard === 'string') return ` [${guard}]`
  return guard === undefined ? '' : ' [if]'
}
