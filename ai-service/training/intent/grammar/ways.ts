import type { CommandAction } from '../../../../contracts/intent.ts'

/**
 * Ways to ask for something. `(a|b|)` is a choice, `<name>` a slot of `slots.ts`. A way that starts with `!` is no
 * request in the imperative ("this is too bright"), so that "please" or "can you" is never put before it.
 */
export type Ways = { readonly [Action in CommandAction]?: readonly string[] }
