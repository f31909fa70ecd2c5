import { ZoomIn } from 'lucide-react'
import type { TabSite } from '../../contracts/sites.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Attempt } from '../system/use-browser.ts'
import { PermissionPrompt } from './permission-prompt.tsx'
import { PermissionIcon, permissionWords } from './permission-words.tsx'

export interface SiteMarksProps {
  link: BrowserLink
  site: TabSite | null
  attempt: Attempt
}

/** Beside the address: what the page asks, what it was allowed, and how large it is shown. */
export function SiteMarks({ link, site, attempt }: SiteMarksProps) {
  if (site === null) return null
  const { tabId, question } = site
  return (
    <>
      {question !== null && (
        <span className="nx-chip nx-chip--live">
          {question.permissions.map(permission => (
            <PermissionIcon key={permission} permission={permission} />
          ))}
          {question.permissions.map(permission => permissionWords(permission).name).join(', ')}?
        </span>
      )}
      {site.granted.map(permission => (
        <span className="nx-chip nx-hide-n" key={permission} title="Allowed to this page">
          <span className="nx-chip__mark">
            <PermissionIcon permission={permission} />
          </span>
          {permissionWords(permission).name} allowed
        </span>
      ))}
      {site.zoomPercent !== 100 && (
        <button
          type="button"
          className="nx-chip"
          aria-label={`Zoom ${site.zoomPercent} percent. Back to the page's own size`}
          title="Back to the page's own size (Ctrl+0)"
          onClick={() => attempt('change the zoom', () => link.area('sites').zoom({ tabId, to: 'reset' }))}
        >
          <ZoomIn className="i i-s" />
          {site.zoomPercent} %
        </button>
      )}
      {question !== null && (
        <PermissionPrompt
          key={question.id}
          question={question}
          onAnswer={answer =>
            attempt('pass your answer on', () =>
              link.area('sites').answerPermission({ tabId, questionId: question.id, answer }),
            )
          }
        />
      )}
    </>
  )
}
