import type { AllowedProgram, Program, Subject } from '../wails/model'
import type { Host } from './fakeLookups'
import { allowedPrograms, interactiveProgram, program } from './programFixtures'

/** The programs of a FakeBackend: each subject has one; m15's is interactive. */
export class FakePrograms {
  allowed: AllowedProgram[] = allowedPrograms()
  private all = new Map<string, Program>()
  private host: Host
  private rings = 0

  constructor(host: Host) {
    this.host = host
  }

  get(subject: Subject): Program {
    const key = keyOf(subject)
    const known = this.all.get(key) ?? program(subject, key === 'm15' ? interactiveProgram : {})
    this.all.set(key, known)
    return known
  }

  change(subject: Subject, change: Partial<Program>): void {
    const next = { ...this.get(subject), ...change }
    this.all.set(keyOf(subject), next)
    this.host.ring(keyOf(subject), ++this.rings)
  }

  async run(subject: Subject): Promise<void> {
    this.change(subject, { running: true, output: [], problem: '' })
    await this.host.pause(this.host.delay * 3)
    this.change(subject, { output: ['Teleport at teleport.example.net', 'Enter the code of your authenticator:'] })
  }

  answer(subject: Subject, line: string): void {
    const { output } = this.get(subject)
    const good = line !== 'wrong'
    this.change(subject, {
      running: false,
      output: [...output, good ? 'Logged in as ana.' : 'That code is not valid.'],
      problem: good ? '' : 'tsh ended with exit code 1.',
    })
  }
}

function keyOf(subject: Subject): string {
  return subject.memberID || `${subject.ticket}:${subject.index}`
}
