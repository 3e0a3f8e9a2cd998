// How components become scripts and styles.
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'

const named = new Map()

/** The class that keeps a component's style to itself. It stands in each of its elements and rules and no compression makes it shorter, so the name is short. */
function cssHash({ hash, filename }) {
  const name = `s${hash(filename).slice(-4)}`
  const other = named.get(name) ?? filename
  if (other !== filename) throw new Error(`${filename} and ${other} would share their styles: rename one of them`)
  named.set(name, filename)
  return name
}

export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true, cssHash },
}
