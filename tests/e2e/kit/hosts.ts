import { createReadStream, existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../..')

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** A portal as a static host would serve it. */
interface Site {
  /** The host's name, without the port. */
  host: string
  portal: 'customer' | 'admin'
  config: Record<string, string>
  /** The API's origin, the one other address that its pages may call. */
  api: string
}

/** Serves built portals on hosts of their own. Answers how to stop it. */
export async function serveSites(port: number, sites: Site[]): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const site = sites.find(({ host }) => request.headers.host === `${host}:${port}`)
    if (site) answer(site, request, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', done)
  })
  return () =>
    new Promise((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
}

function answer(site: Site, request: IncomingMessage, response: ServerResponse): void {
  const base = `/${site.portal}/`
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname)
  if (!path.startsWith(base)) {
    response.writeHead(307, { Location: base }).end()
    return
  }
  const name = path.slice(base.length)
  if (name === 'config.json') {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(site.config))
    return
  }
  const dist = resolve(ROOT, `frontend-${site.portal}/dist`)
  const wanted = resolve(dist, name || 'index.html')
  const inside = wanted.startsWith(`${dist}/`) && existsSync(wanted)
  if (!inside && extname(name) !== '') {
    response.writeHead(404).end()
    return
  }
  // Any address that is no file is a page of the portal.
  const file = inside && extname(wanted) !== '' ? wanted : join(dist, 'index.html')
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': policy(site.api),
  })
  createReadStream(file).pipe(response)
}

function policy(api: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: ${api}`,
    "font-src 'self'",
    `connect-src 'self' ${api}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
