import { fileURLToPath } from 'node:url'

/** The project's folder, the programs, and where pictures go. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
export const program = process.env.BINNACLE ?? `${root}/build/bin/binnacle`
/** The same program built with `dev`, which serves its page to browsers too, and the page that it serves. */
export const devProgram = `${root}/build/bin/binnacle-dev`
export const pageFolder = process.env.E2E_PAGE ?? `${root}/frontend/dist`
export const kube = `${root}/build/kube/bin/kube-1.36`
export const results = process.env.E2E_RESULTS ?? `${root}/build/test-results`
