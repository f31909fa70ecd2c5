import type { Role } from '../../contracts/roles.ts'
import type { AuthorityRow } from '../../ipc/authority.ts'

/**
 * Who may have a direct port to whom, and who is told of whom. Everything else goes through main, or not at all. There is
 * no row from `tab`, and must not be: a page's process never learns of another.
 */
export const authority: readonly (AuthorityRow & { readonly from: Role; readonly to: Role })[] = [
  {
    from: 'ai',
    to: 'tab',
    meets: true,
    sees: 'nothing',
    reason:
      "The text of a page is large; it goes from the tab to the reader without passing through main's memory. Which tab " +
      'it is to read the reader is told with the question; which others are open is none of its business.',
  },
]
