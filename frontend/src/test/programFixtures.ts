import type { AllowedProgram, Program, Subject } from '../wails/model'

const HASH = '0c1d2e3f405162738495a6b7c8d9eafb0c1d2e3f405162738495a6b7c8d9eafb'

/** A program that was found and never allowed; every field can be overridden. */
export function program(subject: Subject, over: Partial<Program> = {}): Program {
  return {
    subject,
    name: 'sextant',
    id: 'p1',
    command: 'aws',
    path: '/usr/local/bin/aws',
    target: '/usr/local/aws-cli/v2/current/dist/aws',
    hash: HASH,
    script: '',
    server: 'https://sextant.example.net:6443',
    args: ['--region', 'eu-central-1', 'eks', 'get-token', '--cluster-name', 'sextant production'],
    envNames: ['AWS_PROFILE'],
    warnings: ['/usr/local/bin can be written by everybody in the group staff.'],
    changed: [],
    searched: [],
    installHint: '',
    allowed: false,
    interactive: false,
    running: false,
    output: [],
    problem: '',
    ...over,
  }
}

export const missingProgram: Partial<Program> = {
  path: '',
  target: '',
  hash: '',
  warnings: [],
  searched: ['/usr/local/bin', '/usr/bin', '/home/ana/.local/bin'],
  installHint: 'Install the AWS command line (version 2), then look again.',
}

export const interactiveProgram: Partial<Program> = {
  name: 'bosun',
  command: 'tsh',
  path: '/usr/bin/tsh',
  target: '',
  args: ['kube', 'credentials', '--kube-cluster=bosun'],
  envNames: [],
  warnings: [],
  allowed: true,
  interactive: true,
}

export function allowedPrograms(): AllowedProgram[] {
  return [
    {
      id: 'a1',
      path: '/usr/local/bin/aws',
      hash: HASH,
      server: 'https://lighthouse.example.net:6443',
      allowedAt: Date.now() - 3 * 86_400_000,
    },
    {
      id: 'a2',
      path: '/usr/bin/tsh',
      hash: HASH,
      server: 'https://bosun.example.net:6443',
      allowedAt: Date.now() - 60_000,
    },
  ]
}
