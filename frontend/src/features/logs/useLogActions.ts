import { useAnnounce } from '../../ui/Announcer'
import { useAct } from '../../ui/act'
import { useNotices } from '../../ui/Notices'
import { copyText } from '../../wails/clipboard'
import { useBackend } from '../../wails/context'
import type { LogLine } from '../../wails/model'
import type { Filters } from './lines'

/** How far back from the end the newest line is looked for: lines are in the order of their times, not of their arrival. */
const LATEST = 1000

/** What one does with a log but look at it. */
export function useLogActions(id: string, filters: Filters, current: LogLine | undefined) {
  const { logs } = useBackend()
  const act = useAct()
  const announce = useAnnounce()
  const notices = useNotices()
  return {
    copy: () => {
      if (!current) return
      void copyText(current.text).then((done) => announce(done ? 'Copied the line' : 'The clipboard did not take it'))
    },
    /** Gives the number of the newest line, after which a cleared view begins. */
    clear: (then: (after: number) => void) =>
      act(async () => {
        const all = { search: '', levels: [], source: '', after: 0 }
        const { lines } = await logs.window(id, { ...all, from: -1, around: 0, limit: LATEST })
        then(Math.max(0, ...lines.map((line) => line.no)))
      }),
    download: () =>
      act(async () => {
        if (await logs.download(id, { ...filters, from: 0, around: 0, limit: 0 })) notices.say('The log is saved.')
      }),
  }
}
