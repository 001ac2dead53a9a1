import type { Namesakes, ObjectChange, ObjectEdit, ObjectPreview, ObjectRef } from '../wails/model'
import type { ObjectsBackend } from '../wails/pane'
import { guardChange } from './fakeGuards'
import type { FakeHost } from './fakeHost'
import { type FakeObject, fakeObject, objectCast } from './objectFixtures'
import { deploymentSchema, mergedText, objections } from './objectYaml'

/** The objects of the fake, with what a test does to them behind the page's back. */
export interface FakeObjects extends ObjectsBackend {
  /** What the fake knows of an object. */
  of(ref: ObjectRef): FakeObject
  /** Somebody else changes an object; its kind's table rings. */
  touch(ref: ObjectRef, change: (one: FakeObject) => Partial<FakeObject>): void
  /** Somebody else deletes it. */
  drop(ref: ObjectRef): void
  /** The members that have namesakes of any object, and those that can't tell. */
  elsewhere: { members: string[]; unsure: Namesakes['unsure'] }
}

/** Objects in memory: edits go through a dry run, versions clash, guards refuse. What is asked for and unknown is made up. */
export function fakeObjects(host: FakeHost): FakeObjects {
  const store = new Map<string, FakeObject | null>(objectCast().map((one) => [keyOf(one.object.ref), one]))
  let bells = 0

  const of = (ref: ObjectRef): FakeObject => {
    const key = keyOf(ref)
    if (!store.has(key)) store.set(key, fakeObject(ref))
    const found = store.get(key)
    if (!found)
      throw { code: 'notFound', message: `${ref.name} does not exist any more.`, hint: 'Somebody deleted it.' }
    return found
  }
  const ring = (kind: string) => {
    bells++
    host.ring('table', { seq: bells, key: kind })
  }
  const touch: FakeObjects['touch'] = (ref, change) => {
    const old = of(ref)
    const next = { ...old, ...change(old) }
    store.set(keyOf(ref), { ...next, object: { ...next.object, version: String(Number(old.object.version) + 1) } })
    ring(ref.kind)
  }
  const drop = (ref: ObjectRef) => {
    store.set(keyOf(ref), null)
    ring(ref.kind)
  }
  const textOf = (ref: ObjectRef) => {
    const { yaml, object, refused } = of(ref)
    return { yaml, version: object.version, refused }
  }

  const fake: FakeObjects = {
    of,
    touch,
    drop,
    elsewhere: { members: [], unsure: [] },
    namesakes: (ref) =>
      host.run('objects.namesakes', [ref], () => ({
        refs: fake.elsewhere.members.filter((id) => id !== ref.member).map((member) => ({ ...ref, member, uid: '' })),
        unsure: fake.elsewhere.unsure,
      })),
    open: (ref) => host.run('objects.open', [ref], () => of(ref).object),
    events: (ref) => host.run('objects.events', [ref], () => ({ events: of(ref).events, why: of(ref).eventsWhy })),
    related: (ref) => host.run('objects.related', [ref], () => ({ groups: of(ref).related })),
    text: (ref) => host.run('objects.text', [ref], () => textOf(ref)),
    schema: (ref) =>
      host.run('objects.schema', [ref], () => (ref.kind === 'deployments.apps' ? deploymentSchema : null)),
    preview: (edit) => host.run('objects.preview', [edit], () => previewOf(of(edit.ref), edit)),
    save: (edit) =>
      host.run('objects.save', [edit], () => {
        guardChange(host.members(), edit.ref.member, edit.confirm)
        if (edit.version !== of(edit.ref).object.version)
          throw { code: 'conflict', message: 'Somebody else changed it meanwhile.', hint: 'Look at the changes again.' }
        touch(edit.ref, () => ({ yaml: edit.yaml }))
        return textOf(edit.ref)
      }),
    deletion: (ref) => host.run('objects.deletion', [ref], () => of(ref).deletion),
    change: (change) =>
      host.run('objects.change', [change], () => {
        guardChange(host.members(), change.ref.member, change.confirm)
        if (change.action === 'delete') drop(change.ref)
        else touch(change.ref, (one) => changed(one, change))
      }),
  }
  return fake
}

function keyOf({ member, kind, namespace, name }: ObjectRef): string {
  return [member, kind, namespace, name].join('/')
}

function previewOf({ yaml: now, object, warnings }: FakeObject, edit: ObjectEdit): ObjectPreview {
  const others = edit.version !== object.version
  const { merged, clashes } = others ? mergedText(edit.base, edit.yaml, now) : { merged: '', clashes: [] }
  const after = merged || edit.yaml
  const problems = objections(after)
  return { before: now, after, version: object.version, warnings, problems, clashes, merged }
}

/** What an action makes of an object. */
function changed({ object, yaml }: FakeObject, { action, replicas }: ObjectChange): Partial<FakeObject> {
  const swap = (from: string, to: 'suspend' | 'resume' | 'cordon' | 'uncordon', status: string) => ({
    object: { ...object, status, actions: object.actions.map((a) => (a.id === from ? { ...a, id: to } : a)) },
  })
  switch (action) {
    case 'scale':
      return {
        yaml: yaml.replace(/replicas: \d+/, `replicas: ${replicas}`),
        object: {
          ...object,
          status: `${Math.min(2, replicas)} of ${replicas} ready`,
          actions: object.actions.map((a) => (a.id === 'scale' ? { ...a, replicas } : a)),
        },
      }
    case 'restart':
      return { object: { ...object, status: 'Restarting', tone: 'busy' } }
    case 'suspend':
      return swap('suspend', 'resume', 'Suspended')
    case 'resume':
      return swap('resume', 'suspend', 'Scheduled')
    case 'cordon':
      return swap('cordon', 'uncordon', 'Ready, no new pods')
    case 'uncordon':
      return swap('uncordon', 'cordon', 'Ready')
    default:
      return {}
  }
}
