/** For tests of what a process may not do: tries each thing, and says the code with which it was refused. */
export async function outcomesOf(
  attempts: Readonly<Record<string, () => unknown>>,
): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {}
  for (const [name, attempt] of Object.entries(attempts)) {
    try {
      await attempt()
      outcomes[name] = 'allowed'
    } catch (error) {
      outcomes[name] = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    }
  }
  return outcomes
}
