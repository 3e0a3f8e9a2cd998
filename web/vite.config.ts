import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

// The server that answers everything but the pages while they are worked on.
declare const process: { env: Record<string, string | undefined> }
const server = process.env.NADUL_URL ?? 'http://127.0.0.1:8088'

/** What the development server answers itself: sources as they are, and the shell where a browser opens one of our pages. */
function answeredHere(url: string, accept: string): string | undefined {
  const path = url.split('?')[0] ?? '/'
  if (/^\/(src|node_modules|@)/.test(path)) return url
  const isServers = /^\/(docs|problems|sign-in|health)/.test(path)
  const isPage = /^\/$|^\/[a-z-]+\/?$|^\/[a-z-]+\/(board$|pages\/)/.test(path)
  return accept.includes('text/html') && isPage && !isServers ? '/index.html' : undefined
}

export default defineConfig({
  base: '/',
  plugins: [svelte()],
  build: {
    target: 'es2023',
    assetsDir: 'pages/assets',
    // The policy of the pages allows no script in the page and no style in it.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      output: {
        // What most pages share comes in one file: many small ones compress badly.
        codeSplitting: { groups: [{ name: 'shared', test: /node_modules.svelte|src.(api|words|look|parts|systems.[^\\/]+\.ts|pages.(NoPages|useBusiness))/ }] },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/': {
        target: server,
        changeOrigin: true,
        // The server changes nothing for a page of another origin.
        headers: { origin: server },
        bypass: (request) => answeredHere(request.url ?? '/', request.headers.accept ?? ''),
      },
    },
  },
})
