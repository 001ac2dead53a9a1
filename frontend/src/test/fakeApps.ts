import type { Apps } from '../wails/model'
import type { AppsBackend } from '../wails/pane'
import { appsOf, appsUnread } from './appsFixtures'
import type { FakeHost } from './fakeHost'

/** The applications of the fake: unread until the page asks, then read at once. Tests change what there is, and ring. */
export class FakeApps implements AppsBackend {
  now: Apps = appsUnread()
  /** What a reading finds. */
  found: Partial<Apps> = {}
  private readonly host: FakeHost

  constructor(host: FakeHost) {
    this.host = host
  }

  change(change: Partial<Apps>): void {
    this.now = { ...this.now, ...change, seq: this.now.seq + 1 }
    this.host.ring('apps', { seq: this.now.seq })
  }

  private read(): void {
    this.now = { ...appsOf(), ...this.found, seq: this.now.seq + 1 }
  }

  apps = () =>
    this.host.run('apps.apps', [], () => {
      if (this.now.seq === 1) this.read()
      return this.now
    })

  refresh = () =>
    this.host.run('apps.refresh', [], () => {
      this.read()
      this.host.ring('apps', { seq: this.now.seq })
    })
}

export function fakeApps(host: FakeHost): FakeApps {
  return new FakeApps(host)
}
