import type { EditClash, EditProblem, ObjectRef } from '../wails/model'

/** The YAML of a made-up object. */
export function yamlOf(apiVersion: string, kind: string, ref: ObjectRef): string {
  const place = ref.namespace ? `  namespace: ${ref.namespace}\n` : ''
  const head = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${ref.name}\n${place}  labels:\n    app: ${ref.name}\n    team: storefront\n`
  if (!apiVersion.startsWith('apps/')) return `${head}spec:\n  paused: false\n`
  return `${head}spec:
  replicas: 3
  selector:
    matchLabels:
      app: ${ref.name}
  template:
    metadata:
      labels:
        app: ${ref.name}
    spec:
      containers:
        - name: app
          image: registry.example.net/shop/${ref.name}:2.14.1
          ports:
            - containerPort: 8080
          resources:
            limits:
              memory: 256Mi
`
}

/** The scalars of plain block YAML by path, each with its line (from 0): enough for what the fixtures hold. */
export function scalars(yaml: string): Map<string, { line: number; value: string }> {
  const found = new Map<string, { line: number; value: string }>()
  const open: { column: number; key: string }[] = []
  for (const [line, text] of yaml.split('\n').entries()) {
    const match = /^(\s*)(- )?([^:\s][^:]*):(?: (.*))?$/.exec(text)
    if (!match) continue
    const [, space = '', dash = '', key = '', value] = match
    const column = space.length + dash.length
    while ((open.at(-1)?.column ?? -1) >= column - (dash ? 1 : 0)) open.pop()
    if (dash) {
      const list = open.at(-1)
      if (list && !list.key.endsWith('[0]')) list.key += '[0]'
    }
    const path = [...open.map((o) => o.key), key].join('.')
    if (value === undefined) open.push({ column, key })
    else found.set(path, { line, value })
  }
  return found
}

/** What a server would object to. */
export function objections(yaml: string): EditProblem[] {
  const all = scalars(yaml)
  const replicas = all.get('spec.replicas')
  const problems: EditProblem[] = []
  if (replicas && !/^\d+$/.test(replicas.value))
    problems.push({
      line: replicas.line + 1,
      path: 'spec.replicas',
      message: `Invalid value: "${replicas.value}": must be an integer`,
    })
  if (!yaml.includes('kind:')) problems.push({ line: 0, path: '', message: 'The kind is missing.' })
  return problems
}

/** Brings a person's text onto what is there now: theirs goes in where the person changed nothing. */
export function mergedText(base: string, mine: string, now: string): { merged: string; clashes: EditClash[] } {
  const [was, my, their] = [scalars(base), scalars(mine), scalars(now)]
  const lines = mine.split('\n')
  const clashes: EditClash[] = []
  for (const [path, { value: theirs }] of their) {
    const before = was.get(path)?.value
    const own = my.get(path)
    if (!own || theirs === before || theirs === own.value) continue
    if (own.value === before) lines[own.line] = (lines[own.line] ?? '').replace(/: .*$/, `: ${theirs}`)
    else clashes.push({ path, mine: own.value, theirs })
  }
  return { merged: lines.join('\n'), clashes }
}

/** The schema of a Deployment, as much of it as tests and the page under ?fake use. */
export const deploymentSchema = {
  $ref: '#/$defs/Deployment',
  $defs: {
    Deployment: {
      type: 'object',
      description: 'Deployment enables declarative updates for Pods and ReplicaSets.',
      required: ['metadata'],
      properties: {
        apiVersion: { type: 'string', description: 'The version of this representation.' },
        kind: { type: 'string', enum: ['Deployment'] },
        metadata: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            labels: { type: 'object', additionalProperties: { type: 'string' } },
          },
        },
        spec: { allOf: [{ $ref: '#/$defs/DeploymentSpec' }], description: 'Specification of the desired behavior.' },
      },
    },
    DeploymentSpec: {
      type: 'object',
      required: ['selector', 'template'],
      properties: {
        replicas: { type: 'integer', format: 'int32', description: 'Number of desired pods. Defaults to 1.' },
        minReadySeconds: {
          type: 'integer',
          format: 'int32',
          description: 'Minimum number of seconds for which a newly created pod should be ready.',
        },
        paused: { type: 'boolean', description: 'Indicates that the deployment is paused.' },
        selector: { type: 'object', description: 'Label selector for pods.' },
        strategy: { $ref: '#/$defs/Strategy' },
        template: {
          type: 'object',
          properties: {
            spec: {
              type: 'object',
              required: ['containers'],
              properties: {
                containers: {
                  type: 'array',
                  items: { $ref: '#/$defs/Container' },
                  description: 'List of containers belonging to the pod.',
                },
                hostNetwork: { type: 'boolean' },
                restartPolicy: {
                  type: 'string',
                  enum: ['Always', 'Never', 'OnFailure'],
                  description: 'Restart policy for all containers.',
                },
              },
            },
          },
        },
      },
    },
    Strategy: {
      type: 'object',
      description: 'How to replace existing pods with new ones.',
      properties: { type: { type: 'string', enum: ['Recreate', 'RollingUpdate'] } },
    },
    Container: {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', description: 'Name of the container.' },
        image: { type: 'string', description: 'Container image name.' },
        imagePullPolicy: { type: 'string', enum: ['Always', 'IfNotPresent', 'Never'] },
        ports: {
          type: 'array',
          items: {
            type: 'object',
            required: ['containerPort'],
            properties: {
              containerPort: { type: 'integer' },
              protocol: { type: 'string', enum: ['TCP', 'UDP', 'SCTP'] },
            },
          },
        },
      },
    },
  },
}
