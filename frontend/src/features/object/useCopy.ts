import { useCallback } from 'react'
import { useAnnounce } from '../../ui/Announcer'
import { useNotices } from '../../ui/Notices'
import { copyText } from '../../wails/clipboard'

/** Copies a text that the page shows, and says so. */
export function useCopy(): (text: string, what: string) => void {
  const announce = useAnnounce()
  const notices = useNotices()
  return useCallback(
    (text, what) => {
      void copyText(text).then((done) => {
        if (done) announce(`Copied the ${what}`)
        else
          notices.fail({
            code: 'internal',
            message: `The clipboard did not take the ${what}.`,
            hint: 'Select the text and copy it by hand.',
          })
      })
    },
    [announce, notices],
  )
}
