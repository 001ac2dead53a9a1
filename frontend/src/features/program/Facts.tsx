import { visible } from '../../lib/visible'
import { Copyable } from '../../ui/Copyable'
import { KeyValue } from '../../ui/KeyValue'
import { Plain } from '../../ui/Plain'
import type { Program } from '../../wails/model'
import css from './Program.module.css'

/** Exactly what would run: the file, by its content too, and all that it is given. */
export function Facts({ program: p }: { program: Program }) {
  return (
    <KeyValue
      items={[
        ['Program', <Copyable key="p" text={p.path} short={visible(p.path)} what="path of the program" mono />],
        [
          'Leads to',
          p.target !== '' && (
            <Copyable key="t" text={p.target} short={visible(p.target)} what="target of the link" mono />
          ),
        ],
        ['Is a script of', p.script !== '' && <Mono key="r">{p.script}</Mono>],
        ['SHA-256', <Copyable key="h" text={p.hash} what="SHA-256 of the program" mono />],
        ['Kubeconfig says', p.command !== p.path && <Mono key="c">{p.command}</Mono>],
        ['Arguments', p.args.length === 0 ? 'none' : <Lines key="a" of="Arguments" lines={p.args} />],
        ['Answer goes to', p.server !== '' && <Plain key="v">{p.server}</Plain>],
        [
          'Environment',
          p.envNames.length === 0 ? 'nothing added' : <Lines key="e" of="Environment" lines={p.envNames} />,
        ],
      ]}
    />
  )
}

function Mono({ children }: { children: string }) {
  return (
    <code className={css.mono}>
      <Plain>{children}</Plain>
    </code>
  )
}

/** Each in a box of its own: a space in one of them can't make two of it. */
function Lines({ of, lines }: { of: string; lines: readonly string[] }) {
  return (
    <ol aria-label={of} className={css.lines}>
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same argument can come twice
        <li key={i}>
          <Mono>{line}</Mono>
        </li>
      ))}
    </ol>
  )
}
