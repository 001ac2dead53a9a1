import { Button, FormSelect, FormSelectOption } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useAct } from '../../ui/act'
import { Choice } from '../../ui/Choice'
import { KeyValue } from '../../ui/KeyValue'
import { useBackend, useSession } from '../../wails/context'
import type { Settings } from '../../wails/model'
import { AllowedPrograms } from './AllowedPrograms'
import { KeychainState } from './KeychainState'
import css from './Settings.module.css'

/** This machine's own settings; nothing of it is part of the view. */
export function SettingsPage() {
  const backend = useBackend()
  const act = useAct()
  const settings = useSession((s) => s.settings)
  const about = useSession((s) => s.about)
  const save = (change: Partial<Settings>) => act(() => backend.saveSettings({ ...settings, ...change }))
  return (
    <div className={css.page}>
      <div className={css.column}>
        <h1>Settings</h1>
        <Part title="Looks">
          <Row label="Theme">
            <Choice
              label="Theme"
              value={settings.theme}
              options={[
                ['system', 'As the desktop'],
                ['light', 'Light'],
                ['dark', 'Dark'],
              ]}
              onChange={(theme) => save({ theme })}
            />
          </Row>
          <Row label="Density">
            <Choice
              label="Density"
              value={settings.density}
              options={[
                ['comfortable', 'Comfortable'],
                ['compact', 'Compact'],
              ]}
              onChange={(density) => save({ density })}
            />
          </Row>
        </Part>
        <Part title="Keychain">
          <KeychainState />
        </Part>
        <Part title="Programs">
          <p className={css.hint}>
            These may run to get credentials. If the file, its arguments or its environment change, you are asked again.
          </p>
          <AllowedPrograms />
        </Part>
        <Part title="Help">
          <Row label="Log level">
            <FormSelect
              className={css.select ?? ''}
              aria-label="Log level"
              value={settings.logLevel}
              onChange={(_, logLevel) => save({ logLevel })}
            >
              <FormSelectOption value="error" label="Errors" />
              <FormSelectOption value="warn" label="Warnings" />
              <FormSelectOption value="info" label="Normal" />
              <FormSelectOption value="debug" label="Everything (debug)" />
            </FormSelect>
          </Row>
          <Row label="Logs" hint={about.logs}>
            <Button variant="secondary" onClick={() => act(() => backend.openFolder('logs'))}>
              Open log folder
            </Button>
          </Row>
          <Row label="Data" hint={about.folder}>
            <Button variant="secondary" onClick={() => act(() => backend.openFolder('data'))}>
              Open data folder
            </Button>
          </Row>
          <Row label="Diagnostics" hint="Versions, states and recent log lines, without secrets.">
            <Button variant="secondary" onClick={() => act(() => backend.copyDiagnostics(), 'Copied the diagnostics')}>
              Copy diagnostics
            </Button>
          </Row>
        </Part>
        <Part title="About">
          <KeyValue
            items={[
              ['Binnacle', about.version],
              ['Built with', about.go],
              ['System', about.os],
              ['Profile', about.profile || 'default'],
            ]}
          />
        </Part>
      </div>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = `settings-${title.toLowerCase()}`
  return (
    <section className={css.part} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

function Row({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className={css.row}>
      <div className={css.words}>
        <span>{label}</span>
        {hint && <span className={css.hint}>{hint}</span>}
      </div>
      {children}
    </div>
  )
}
