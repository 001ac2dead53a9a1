import type { Plugin } from 'vite'

// PatternFly's base holds five themes and an icon font; the page has light and dark, and SVG icons. Its components bring
// variants that no screen has. Without them, and without the custom properties that then nothing refers to, a webview has a
// third of the CSS to parse at start. Who wants one of these variants takes it off the list.
const UNUSED_PARTS = [
  'theme-(felt|glass|high-contrast)',
  'pf-v6-pficon',
  'icon-set-rh',
  'pf-v6-m-(ai-indicator|thinking|legacy-font|no-motion|dir-)',
  'c-button.*pf-m-(display-lg|hamburger|favorited?|attention|unread|settings|read|stateful|notify|tertiary|docked|circle)\\b',
  'c-label.*pf-m-(editable|editable-active|add|overflow)\\b',
  'c-(alert-group|panel|badge)\\b',
  'c-form\\b.*pf-m-horizontal',
  'c-(skeleton|form|panel|progress|text-input-group|input-group)\\b.*pf-m-glass',
]
const UNUSED = new RegExp(UNUSED_PARTS.join('|'))
const UNUSED_FONT = /Italic|pficon/

/** Drops the themes, fonts, icons and unreferenced custom properties of PatternFly that the page can't show. */
export function trimPatternFly(): Plugin {
  return {
    name: 'trim-patternfly',
    enforce: 'pre',
    transform(code, id) {
      if (/@patternfly\/.*\.css$/.test(id)) return { code: dropBlocks(code), map: null }
      if (/@patternfly\/react-icons\/.*\/icons\//.test(id)) return { code: oneSet(code), map: null }
      return undefined
    },
    generateBundle(_, bundle) {
      const files = Object.values(bundle)
      const scripts = files.map((f) => (f.type === 'chunk' ? f.code : '')).join('\n')
      const sheets = files.flatMap((f) => (f.type === 'asset' && f.fileName.endsWith('.css') ? [f] : []))
      const trimmed = dropVariables(
        sheets.map((sheet) => String(sheet.source)),
        scripts,
      )
      for (const [i, sheet] of sheets.entries()) sheet.source = trimmed[i] ?? ''
    },
  }
}

/** Leaves each icon the one of its two sets that the theme shows: it is two elements then, and not five of which three are hidden. */
function oneSet(icon: string): string {
  return icon.replace(/^ *rhUiIcon: \{.*\},$/m, '  rhUiIcon: null,')
}

/** Removes top-level rules whose selector or font is not used. */
function dropBlocks(css: string): string {
  let out = ''
  let start = 0
  let depth = 0
  for (let i = 0; i < css.length; i++) {
    if (css[i] === '{') depth++
    if (css[i] !== '}' || --depth > 0) continue
    const block = css.slice(start, i + 1)
    start = i + 1
    const selector = block.slice(0, block.indexOf('{'))
    const font = selector.includes('@font-face') && UNUSED_FONT.test(block)
    if (!font && !everyPart(selector, UNUSED)) out += block
  }
  return out + css.slice(start)
}

// The faces of the first picture. A webview that lays text out before it has them looks the whole system through for
// others, which takes longer than everything else of the start.
const FIRST_FONTS = /RedHat(Text|Display)VF/

/** Has the fonts of the first picture fetched with the page, before its styles ask for them. */
export function preloadFonts(): Plugin {
  return {
    name: 'preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => FIRST_FONTS.test(file))
          .map((file) => ({
            tag: 'link',
            injectTo: 'head-prepend',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${file}` },
          })),
    },
  }
}

function everyPart(selector: string, pattern: RegExp): boolean {
  return selector.split(/,(?![^(]*\))/).every((part) => pattern.test(part))
}

/** Removes custom properties that nothing refers to in any sheet, until none is left. */
function dropVariables(sheets: string[], scripts: string): string[] {
  for (;;) {
    const all = [...sheets, scripts].join('\n')
    const used = new Set([...all.matchAll(/(?<=var\(\s*|['"`])--[\w-]+/g)].map((m) => m[0]))
    const next = sheets.map((css) =>
      css.replace(/(?<=[{;])(--[\w-]+):[^;{}]*(;|(?=\}))/g, (rule, name: string) => (used.has(name) ? rule : '')),
    )
    if (next.every((css, i) => css.length === sheets[i]?.length)) return next
    sheets = next
  }
}
