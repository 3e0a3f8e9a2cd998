/** Hands files to whoever looks: the drawing as an SVG that stands alone, and the board in Mermaid's words. */
const COPIED = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'white-space'] as const

function save(name: string, type: string, content: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** The page's style sheet is not in the file, so each part takes its colours with it. */
export function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const [originals, copies] = [svg.querySelectorAll('*'), copy.querySelectorAll('*')]
  originals.forEach((original, at) => {
    const part = copies[at]
    if (part === undefined) return
    const style = getComputedStyle(original)
    for (const name of COPIED) {
      const value = style.getPropertyValue(name)
      if (value !== '' && value !== 'normal' && !(name === 'opacity' && value === '1')) part.setAttribute(name, value)
    }
    part.removeAttribute('class')
    part.removeAttribute('data-id')
  })
  const { width, height } = svg.viewBox.baseVal
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  const attributes = { width: String(width), height: String(height), fill: getComputedStyle(document.documentElement).backgroundColor }
  for (const [name, value] of Object.entries(attributes)) ground.setAttribute(name, value)
  copy.prepend(ground)
  copy.removeAttribute('class')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return new XMLSerializer().serializeToString(copy)
}

export function saveSvg(system: string, svg: SVGSVGElement): void {
  save(`${system}-board.svg`, 'image/svg+xml', standalone(svg))
}

/** `false`: the server didn't answer. */
export async function saveMermaid(system: string): Promise<boolean> {
  try {
    const response = await fetch(`/${system}/board`, { headers: { accept: 'text/vnd.mermaid' } })
    if (!response.ok) return false
    save(`${system}-board.mmd`, 'text/vnd.mermaid', await response.text())
    return true
  } catch {
    return false
  }
}
