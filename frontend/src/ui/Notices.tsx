import { Alert, AlertActionCloseButton } from '@patternfly/react-core'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Failure } from '../wails/model'
import css from './Notices.module.css'

interface Notice {
  id: number
  variant: 'success' | 'danger'
  title: string
  detail: string
}

export interface Notices {
  /** Something worked; goes by itself. */
  say(title: string): void
  /** Something did not; stays until closed. */
  fail(failure: Failure): void
}

const NoticesContext = createContext<Notices | null>(null)
const STAYS = 6000
const MOST = 4
let ids = 0

/** Shows toasts in the corner; what they say is read out politely. `extra` comes below them (the Undo toast). */
export function NoticesProvider({ children, extra }: { children: ReactNode; extra?: ReactNode }) {
  const [list, setList] = useState<Notice[]>([])
  const close = useCallback((id: number) => setList((all) => all.filter((n) => n.id !== id)), [])
  const notices = useMemo<Notices>(() => {
    const add = (notice: Omit<Notice, 'id'>) => setList((all) => [...all, { ...notice, id: ++ids }].slice(-MOST))
    return {
      say: (title) => add({ variant: 'success', title, detail: '' }),
      fail: (f) =>
        add({ variant: 'danger', title: f.member ? `${f.member}: ${f.message}` : f.message, detail: f.hint ?? '' }),
    }
  }, [])
  return (
    <NoticesContext.Provider value={notices}>
      {children}
      <section aria-label="Notices" aria-live="polite" className={css.corner}>
        {list.map((notice) => (
          <Toast key={notice.id} notice={notice} onClose={close} />
        ))}
        {extra}
      </section>
    </NoticesContext.Provider>
  )
}

function Toast({ notice, onClose }: { notice: Notice; onClose: (id: number) => void }) {
  const { id, variant } = notice
  useEffect(() => {
    if (variant === 'danger') return
    const timer = setTimeout(() => onClose(id), STAYS)
    return () => clearTimeout(timer)
  }, [id, variant, onClose])
  return (
    <Alert
      component="p"
      variant={variant}
      title={notice.title}
      actionClose={<AlertActionCloseButton title={`Close: ${notice.title}`} onClose={() => onClose(id)} />}
    >
      {notice.detail}
    </Alert>
  )
}

/** The toasts. */
export function useNotices(): Notices {
  const notices = useContext(NoticesContext)
  if (!notices) throw new Error('no NoticesProvider above')
  return notices
}
