import type { PageProblem } from '../../contracts/browser.ts'
import { certificateWords } from './certificate-words.ts'
import { type ProblemWords, way } from './trace.ts'
import { insecureWords, wayWords } from './way-words.ts'

export function problemWords(problem: PageProblem): ProblemWords {
  const words = wordsOf(problem)
  // a name is written as it is, also at the beginning of a sentence
  if (problem.host !== '') return words
  return { ...words, title: words.title.slice(0, 1).toLocaleUpperCase('en') + words.title.slice(1) }
}

function wordsOf(problem: PageProblem): ProblemWords {
  const host = problem.host === '' ? 'this address' : problem.host
  switch (problem.kind) {
    case 'hostNotFound':
      return {
        title: `There is no site at ${host}`,
        lead: 'The name could not be found, so no page was requested and nothing was sent to anyone but your name server.',
        trace: way(
          [
            ['This computer', 'asked for the name'],
            ['Name server', 'no such name'],
            ['Site', ''],
            ['Page', ''],
          ],
          1,
        ),
        why: 'The address is probably mistyped, or the domain is no longer in use.',
        advice: ['Check the spelling of the address', 'Search the web for the name instead'],
        answer: 'retry',
      }
    case 'refused':
      return {
        title: `${host} refused the connection`,
        lead: 'The computer at this address answered, but nothing there accepts visitors.',
        trace: way(
          [
            ['This computer', 'online'],
            ['Name server', 'name found'],
            ['Site', 'refused'],
            ['Page', ''],
          ],
          2,
        ),
        why: 'The site is switched off or restarting, or the port in the address is wrong.',
        advice: ['Try again in a minute', 'Check the port, the number after the colon'],
        answer: 'retry',
      }
    case 'timedOut':
      return {
        title: `${host} did not answer in time`,
        lead: 'The request was sent, but no answer came back while Nexus waited.',
        trace: way(
          [
            ['This computer', 'online'],
            ['Network', 'request sent'],
            ['Site', 'no answer'],
            ['Page', ''],
          ],
          2,
        ),
        why: 'The site is overloaded or down, or something on the way drops what you send.',
        advice: ['Try again; nothing was lost', 'Open another site to see whether the network is at fault'],
        answer: 'retry',
      }
    case 'offline':
      return {
        title: 'This computer is offline',
        lead: `${host} was not asked for anything, because there is no connection to the network.`,
        trace: way(
          [
            ['This computer', 'no connection'],
            ['Network', ''],
            ['Site', ''],
            ['Page', ''],
          ],
          0,
        ),
        why: 'The cable is out, Wi-Fi is off, or the network went away.',
        advice: ['Check the cable or Wi-Fi', 'Nexus tries again by itself when the network is back'],
        answer: 'retry',
      }
    case 'certificate':
      return certificateWords(host, problem)
    case 'insecureOnly':
      return insecureWords(host, problem)
    case 'privateAddress':
    case 'resolverFailed':
    case 'unreachable':
    case 'dropped':
    case 'badResponse':
    case 'busy':
    case 'networkStopped':
      return wayWords(problem.kind, host)
    case 'blocked':
      return {
        title: `${host} was not opened`,
        lead: 'Nexus or the site refused this request, so no page was shown.',
        trace: way(
          [
            ['This computer', 'online'],
            ['Rules', 'refused'],
            ['Site', ''],
            ['Page', ''],
          ],
          1,
        ),
        why: 'Pages may not open addresses of this kind, or the answer carried a rule against being shown here.',
        advice: ['Go back to the page before', 'Type the address yourself if you trust it'],
        answer: 'back',
      }
    case 'badAddress':
      return {
        title: 'This address cannot be opened',
        lead: 'It is not the address of a page, so nothing was requested.',
        trace: way(
          [
            ['Address', 'not understood'],
            ['Network', ''],
            ['Site', ''],
            ['Page', ''],
          ],
          0,
        ),
        why: 'A part is missing or mistyped, or the address belongs to another program.',
        advice: ['Check the beginning of the address', 'Search the web for it instead'],
        answer: 'back',
      }
    case 'other':
      return {
        title: `${host} could not be opened`,
        lead: 'Something went wrong between this computer and the page.',
        trace: way(
          [
            ['This computer', 'online'],
            ['Network', 'request sent'],
            ['Site', 'no usable answer'],
            ['Page', ''],
          ],
          2,
        ),
        why: 'The connection broke off, or the site sent something that is not a page.',
        advice: ['Try again in a moment', 'If it stays like this, tell the owner the code below'],
        answer: 'retry',
      }
  }
}
