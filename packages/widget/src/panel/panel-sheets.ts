import { brandProperties } from '@porchlight/theme'
import base from '@porchlight/theme/css/base.css'
import composer from '@porchlight/theme/css/composer.css'
import form from '@porchlight/theme/css/form.css'
import header from '@porchlight/theme/css/header.css'
import messages from '@porchlight/theme/css/messages.css'
import modes from '@porchlight/theme/css/modes.css'
import panel from '@porchlight/theme/css/panel.css'
import status from '@porchlight/theme/css/status.css'

/** The panel's style sheets in a shadow root. */
export interface PanelSheets {
  readonly setColor: (color: string) => void
  readonly remove: () => void
}

/** Adopts constructed sheets: they work where the page's policy forbids every other style. */
export function adoptPanelSheets(root: ShadowRoot): PanelSheets {
  const rules = new CSSStyleSheet()
  const theme = new CSSStyleSheet()
  rules.replaceSync(base + panel + header + messages + composer + form + status + modes)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, rules, theme]
  return {
    setColor(color) {
      theme.replaceSync(':host{}')
      const { style } = theme.cssRules[0] as CSSStyleRule
      for (const [name, value] of Object.entries(brandProperties(color))) style.setProperty(name, value)
    },
    remove() {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== rules && sheet !== theme)
    }
  }
}
