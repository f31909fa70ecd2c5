/** Stands for every role in a contract's lists, where another table decides (see hub-contract.ts). */
export const anyRole = '*'

/** Whether a contract's list lets this role through. */
export function allowsRole(allowed: readonly string[], role: string): boolean {
  return allowed.includes(role) || allowed.includes(anyRole)
}
