import { CircleAlert, House, Lock, LockOpen, Search, ShieldAlert, Waypoints } from 'lucide-react'
import type { TabState } from '../../contracts/browser.ts'

/** What is known of the way between this computer and the site: a glyph, and a word where it matters. */
export function ConnectionMark(props: {
  connection: TabState['connection']
  /** Whether the page may pretend to be another. */
  judgement: TabState['judgement']
  isTyping: boolean
  isEmpty: boolean
}) {
  if (props.isTyping || props.isEmpty) {
    return (
      <span className="nx-omni__id">
        <Search className="i i-s" />
      </span>
    )
  }
  if (props.judgement !== null && props.judgement.level !== 'none') {
    return (
      <span
        className="nx-omni__id"
        data-level={props.judgement.level === 'danger' ? 'warn' : 'caution'}
        title="The reasons stand above the page"
      >
        <ShieldAlert className="i i-s" />
        {props.judgement.level === 'danger' ? 'Likely a fake' : 'Be careful'}
      </span>
    )
  }
  switch (props.connection) {
    case 'secure':
      return (
        <span
          className="nx-omni__id"
          role="img"
          aria-label="The connection is private"
          title="The connection is private"
        >
          <Lock className="i i-s" />
        </span>
      )
    case 'local':
      return (
        <span
          className="nx-omni__id"
          role="img"
          aria-label="On this computer"
          title="On this computer or its own network"
        >
          <House className="i i-s" />
        </span>
      )
    case 'internal':
      return (
        <span className="nx-omni__id" data-level="internal">
          <Waypoints className="i i-s" />
          Nexus
        </span>
      )
    case 'notSecure':
      return (
        <span className="nx-omni__id" title="Others on the way can read and change this page">
          <CircleAlert className="i i-s" />
          <span className="nx-hide-n">Not private</span>
        </span>
      )
    case 'broken':
      return (
        <span className="nx-omni__id" data-level="warn" title="The site could not prove its name">
          <LockOpen className="i i-s" />
          Identity not proven
        </span>
      )
  }
}
