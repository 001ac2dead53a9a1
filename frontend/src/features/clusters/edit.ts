import type { Member, MemberEdit } from '../../wails/model'

export interface Draft {
  name: string
  color: string
  group: string
  labels: Record<string, string>
  /** '' is "detect it". */
  distribution: string
}

export function draftOf(m: Member): Draft {
  const { name, color, group, labels } = m
  return { name, color, group, labels, distribution: m.distributionByHand ? m.distribution : '' }
}

const MAX_NAME = 253

/** What is wrong with each field, '' when nothing; Go has the last word. */
export function problems(draft: Draft, member: Member, members: Member[]): { name: string; nameWarning: string } {
  const name = draft.name.trim()
  const taken = members.some((m) => m.id !== member.id && m.name === name)
  return {
    name: nameProblem(name),
    nameWarning: taken ? 'Another cluster has this name. Colours and labels can tell them apart.' : '',
  }
}

function nameProblem(name: string): string {
  if (name === '') return 'Give it a name.'
  if ([...name].length > MAX_NAME) return `Use ${MAX_NAME} characters or fewer.`
  return /[\p{Cc}\p{Bidi_Control}]/u.test(name) ? 'The name holds characters that can’t be seen. Type it anew.' : ''
}

/** What to send: only what differs; null when nothing does. */
export function changes(draft: Draft, m: Member): MemberEdit | null {
  const was = draftOf(m)
  const edit: MemberEdit = {
    id: m.id,
    name: differs(draft.name.trim(), was.name),
    color: differs(draft.color, was.color),
    group: differs(draft.group.trim(), was.group),
    labels: same(draft.labels, was.labels) ? null : draft.labels,
    distribution: differs(draft.distribution, was.distribution),
  }
  const { id: _, ...fields } = edit
  return Object.values(fields).every((value) => value === null) ? null : edit
}

function differs(now: string, was: string): string | null {
  return now === was ? null : now
}

function same(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}
