import { Button } from '@patternfly/react-core'
import CheckIcon from '@patternfly/react-icons/dist/esm/icons/check-icon'
import CopyIcon from '@patternfly/react-icons/dist/esm/icons/copy-icon'
import { useEffect, useState } from 'react'
import { copyText } from '../wails/clipboard'
import { useAnnounce } from './Announcer'
import css from './ui.module.css'

interface Props {
  text: string
  /** What it is, for the button's name: "server address". */
  what: string
  /** Shown instead of the whole text. */
  short?: string
  mono?: boolean
}

/** Text with a button that copies it whole. */
export function Copyable({ text, what, short, mono = false }: Props) {
  const [copied, setCopied] = useState(false)
  const announce = useAnnounce()
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    const done = await copyText(text)
    setCopied(done)
    announce(done ? `Copied the ${what}` : 'The clipboard did not take it')
  }
  return (
    <span className={css.copyable}>
      <span className={mono ? css.mono : undefined} title={short ? text : undefined}>
        {short ?? text}
      </span>
      <Button
        variant="plain"
        size="sm"
        hasNoPadding
        className={css.copy ?? ''}
        aria-label={`Copy the ${what}`}
        icon={copied ? <CheckIcon /> : <CopyIcon />}
        onClick={() => void copy()}
      />
    </span>
  )
}
