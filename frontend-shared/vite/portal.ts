import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { MantineThemeOverride } from '@mantine/core'
import { defaultClientConditions, type Plugin, type UserConfig } from 'vite'
import { themeCss } from '../src/theme/cssVariables.ts'

const id = 'virtual:bsm-theme.css'

/** Serves the theme's variables as the style sheet `virtual:bsm-theme.css`. */
function themeStyles(theme: MantineThemeOverride): Plugin {
  return {
    name: 'bsm-theme',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? themeCss(theme) : undefined),
  }
}

/** Writes a `.br` and a `.gz` beside each file that gains by it: servers send those as they are. */
function compressed(): Plugin {
  let out = ''
  return {
    name: 'bsm-compressed',
    apply: 'build',
    configResolved({ root, build }) {
      out = join(root, build.outDir)
    },
    async closeBundle() {
      const files = await readdir(out, { recursive: true })
      await Promise.all(files.filter((file) => /\.(js|css|svg)$/.test(file)).map((file) => compress(file)))
    },
  }

  async function compress(file: string): Promise<void> {
    const path = join(out, file)
    const plain = await readFile(path)
    // Smaller ones fit into the packet that is sent anyway.
    if (plain.length < 1024) return
    await writeFile(`${path}.br`, await promisify(brotliCompress)(plain))
    await writeFile(`${path}.gz`, await promisify(gzip)(plain, { level: 9 }))
  }
}

interface Portal {
  base: '/customer/' | '/admin/'
  port: number
  theme: MantineThemeOverride
}

/** The Vite configuration both portals share. */
export function portalConfig({ base, port, theme }: Portal): UserConfig {
  const api = process.env['BSM_API'] ?? 'http://127.0.0.1:3000'
  return {
    base,
    plugins: [react(), themeStyles(theme), compressed()],
    // The client's sources, so that it needs no build of its own before the portals have theirs.
    resolve: { conditions: ['bsm-source', ...defaultClientConditions] },
    // The host stays the page's own, so that the API sees one origin in Host and Origin.
    server: {
      port,
      strictPort: true,
      host: '127.0.0.1',
      proxy: { '/api': { target: api }, '/knowledge-base-articles': { target: api } },
    },
    build: {
      sourcemap: false,
      reportCompressedSize: false,
      assetsInlineLimit: 0,
      // What every visit needs comes in one file with all it imports: twenty small ones compress
      // worse and are twenty requests. How large it may be is checked by scripts/check-first-load.mjs.
      chunkSizeWarningLimit: Infinity,
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: 'start', test: /\/src\/main\.tsx$/ }] } },
      },
    },
  }
}
