import type { Doorbell, Event, Member } from '../wails/model'

/** What FakeBackend gives to its parts: calls are noted (and can be made to fail) as "part.method", and bells ring. */
export interface FakeHost {
  run<T>(method: string, args: unknown[], result: () => T): Promise<T>
  ring(event: Event, bell: Doorbell): void
  members(): readonly Member[]
  changeMember(id: string, change: Partial<Member>): void
}
