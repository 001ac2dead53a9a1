import type { ObjectRef } from '../../wails/model'

/** The text that is the same for two references to one object; the UID is left out, for a link may not know it. */
export function refKey({ member, kind, namespace, name }: ObjectRef): string {
  return JSON.stringify([member, kind, namespace, name])
}

/** "shop/web", or "node-1" where there is no namespace. */
export function placeName({ namespace, name }: ObjectRef): string {
  return namespace ? `${namespace}/${name}` : name
}
