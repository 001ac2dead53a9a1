import type { Member } from '../../wails/model'

/** The dialog that is open over the clusters page. */
export type OpenDialog =
  | { kind: 'edit'; member: Member }
  | { kind: 'remove'; members: Member[] }
  | { kind: 'guard'; member: Member }
  | { kind: 'unlock'; member: Member }
  | { kind: 'makePrimary'; member: Member }
  | { kind: 'copyView'; member: Member }
  | { kind: 'copySecrets'; member: Member }
  | { kind: 'diagnostics'; member: Member }
  | { kind: 'columns' }
