import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

// The server that answers everything but the pages while they are worked on.
declare const process: { env: Record<string, string | undefined> }
const server = process.env.NADUL_URL ?? 'http://127.0.0.1:8088'

/** What the development server answers itself; a browser that asks for HTML gets the shell. */
function isOurs(path: string, accept: string): boolean {
  if (/^\/(src|node_modules|@|pages\/assets)/.test(path)) return true
  return accept.includes('text/html') && /^\/$|^\/[a-z-]+\/?$|^\/[a-z-]+\/(board$|pages\/)/.test(path) && !/^\/(docs|problems|sign-in|health)/.test(path)
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
        codeSplitting: { groups: [{ name: 'shared', test: /node_modules.svelte|src.(api|words|look|parts|systems.[^\\/]+\.ts)/ }] },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/': {
        target: server,
        changeOrigin: true,
        bypass: (request) => {
          const path = (request.url ?? '/').split('?')[0] ?? '/'
          return isOurs(path, request.headers.accept ?? '') ? (path.startsWith('/src') || path.startsWith('/node_modules') || path.startsWith('/@') ? request.url : '/index.html') : undefined
        },
      },
    },
  },
})
