import { useCallback } from 'react'
import { relative } from '../../lib/time'
import { visible } from '../../lib/visible'
import { Copyable } from '../../ui/Copyable'
import { useClock } from '../../ui/clock'
import type { DeviceCode } from '../../wails/model'
import css from './SignIn.module.css'

/** The system's browser is open; the link is for those whose browser is another one. */
export function InBrowser({ url, name }: { url: string; name: string }) {
  return (
    <div className={css.wait}>
      <p>Finish in the browser window that has opened. This page goes on by itself.</p>
      {url !== '' && (
        <p>
          <span className={css.subtle}>No window, or the wrong browser? Open this link on this machine: </span>
          <Copyable text={url} short={visible(url)} what={`link to sign in to ${name}`} mono />
        </p>
      )}
    </div>
  )
}

/** The code that is typed in on any device with a browser. */
export function OnDevice({ code: c, name }: { code: DeviceCode; name: string }) {
  const left = useClock(
    useCallback(
      (now: number) => (c.expiresAt <= 0 ? '' : c.expiresAt <= now ? 'over' : relative(c.expiresAt, now)),
      [c.expiresAt],
    ),
  )
  if (left === 'over') return <p className={css.why}>The code has expired. Cancel, and ask for another one.</p>
  return (
    <div className={css.wait}>
      <p>
        On any device, open{' '}
        <Copyable text={c.url} short={visible(c.url)} what={`address for the code of ${name}`} mono /> and type this
        code:
      </p>
      <p className={css.code}>
        <Copyable text={c.code} short={visible(c.code)} what={`code for ${name}`} mono />
      </p>
      {c.completeURL !== '' && (
        <p>
          <span className={css.subtle}>Or open this link, which has the code in it: </span>
          <Copyable text={c.completeURL} short={visible(c.completeURL)} what={`link with the code for ${name}`} mono />
        </p>
      )}
      <p className={css.subtle}>
        Check that the page there is your provider’s before you type.{left === '' ? '' : ` The code ends ${left}.`}
      </p>
    </div>
  )
}
