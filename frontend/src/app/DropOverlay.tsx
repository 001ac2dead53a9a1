import css from './DropOverlay.module.css'

/** Says, while files are over the window, what a drop will do. */
export function DropOverlay() {
  return (
    <div className={css.overlay} role="status">
      <p className={css.words}>
        <strong>Drop kubeconfigs here</strong>
        <span>You see what is in them before anything is kept.</span>
      </p>
    </div>
  )
}
