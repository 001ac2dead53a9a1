import type { Member } from '../wails/model'
import type { GuardsBackend } from '../wails/pane'
import type { FakeHost } from './fakeHost'

/** Guards of the fake's own members: kept there, and asked by what changes something in one. */
export function fakeGuards({ run, members, changeMember }: FakeHost): GuardsBackend {
  return {
    setGuard: (request) =>
      run('guards.setGuard', [request], () => {
        const old = memberOf(members(), request.member)
        const rank = { '': 0, protected: 1, readOnly: 2 }
        if (rank[request.guard] < rank[old.guard]) named(old, request.typed)
        changeMember(request.member, { guard: request.guard, unlockedUntil: 0 })
      }),
    unlock: (request) =>
      run('guards.unlock', [request], () => {
        named(memberOf(members(), request.member), request.typed)
        changeMember(request.member, { unlockedUntil: Date.now() + request.minutes * 60_000 })
      }),
    lock: (id) => run('guards.lock', [id], () => changeMember(id, { unlockedUntil: 0 })),
  }
}

/** Throws the refusal that Go would answer to a change in that member. */
export function guardChange(members: readonly Member[], id: string, confirm: string): void {
  const member = memberOf(members, id)
  named(member, confirm)
  if (member.guard === 'readOnly')
    throw {
      code: 'denied',
      member: member.name,
      message: 'It is read-only in your view.',
      hint: 'Change its guard first.',
    }
  if (member.guard === 'protected' && member.unlockedUntil <= Date.now())
    throw { code: 'denied', member: member.name, message: 'It is protected in your view.', hint: 'Unlock it first.' }
}

function memberOf(members: readonly Member[], id: string): Member {
  const found = members.find((m) => m.id === id)
  if (!found) throw { code: 'notFound', message: 'That cluster is not in your view.', hint: '' }
  return found
}

function named(member: Member, typed: string): void {
  if (typed !== member.name)
    throw { code: 'invalid', member: member.name, message: 'That is not its name.', hint: `Type ${member.name}.` }
}
