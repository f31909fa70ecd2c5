import { EyeOff } from 'lucide-react'

/** Stands first in the omnibox of a private tab. */
export function PrivateMark() {
  return (
    <span className="nx-omni__id nx-private" title="Nothing of this tab is kept on this computer">
      <EyeOff className="i i-s" />
      Private
    </span>
  )
}
