/** A business's colours as custom properties; `color-scheme` chooses between the two shades. */
import type { Colours } from './business'

const PROPERTIES = { accent: '--accent', onAccent: '--on-accent', accentInk: '--accent-ink', accentWash: '--accent-wash' } as const

/** An attachment: `{@attach coloured(business.colours)}`. It goes through the style object, which the policy allows. */
export function coloured(colours: Colours | undefined): (element: HTMLElement) => () => void {
  return (element) => {
    for (const [name, property] of Object.entries(PROPERTIES)) {
      const shades = colours?.[name as keyof Colours]
      if (shades) element.style.setProperty(property, `light-dark(${shades[0]}, ${shades[1]})`)
    }
    return () => {
      for (const property of Object.values(PROPERTIES)) element.style.removeProperty(property)
    }
  }
}
